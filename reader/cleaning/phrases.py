r"""The phrases by which a line says that it is no text of the article.

Bylines, dates, calls to read or to subscribe, headings of lists of other articles: in the languages the corpora hold.
The patterns are matched against lines of bounded length only (the callers say which), so none can be slow.
"""

from __future__ import annotations

import re
from typing import Final

BYLINE: Final = re.compile(
    r"(?:by|von|par|por|di|written by|story by|posted by|text by|words by|reporting by|photos? by|article by|опубликовано"
    r"|автор)\b[:\s].{2,120}$",
    re.IGNORECASE,
)
DATE_LINE: Final = re.compile(
    r"""(?:published|updated|posted|last\ (?:updated|modified)|first\ published|modified|created|date|veröffentlicht|stand|publié
          |publicado)\b[^.]{0,90}$
      |(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\ )?(?:\d{1,2}(?:st|nd|rd|th)?[\ ./-])?
          (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\ .{0,40}\d{4}.{0,40}$
      |\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,110}$
      |\d{1,2}:\d\d\ ?(?:am|pm)?.{0,40}$
      |\d+\ (?:min(?:ute)?s?|hours?|days?|weeks?)\ (?:ago|read).{0,20}$""",
    re.IGNORECASE | re.VERBOSE,
)

PROMOTION: Final = re.compile(
    r"""^[\W_]{0,9}(?:
   read\ (?:more|next|also|the\ full|our|this)\b|more\ (?:from|on|stories|about|news|must-reads)\b
  |related(?:\ (?:stor|article|post|content|link|video|coverage|reading|topics|news|items?))?\w*\s*[:\-–—]
  |related(?:\ (?:stories|articles|posts|content|links|videos|coverage|topics|news))?$
  |see\ (?:also|more|next)\b|also\ (?:read|see|on|watch)\b
  |watch(?:\ (?:now|next|more|this|the\ video|live|below|above))?\s*[:|]|watch\ (?:now|next|more|this|the\ video|live)\b
  |listen(?:\ (?:now|to\ the|here))?\s*[:|]|click\ (?:here|on|to|for)\b|tap\ here\b|sign\ up\b|subscribe\b
  |get\ (?:the\ latest|our|local|breaking|more|unlimited|updates|alerts|email)\b.{0,120}(?:newsletter|inbox|app|alerts?|email|news|updates|go)\b
  |download\ (?:the|our)\b.{0,60}\bapp\b
  |follow\ (?:us|me|him|her|them|@|the\ author|[A-Z]\w+(?:\ [A-Z]\w+)?\ on)\b|like\ us\ on\b
  |join\ (?:us|our|the\ (?:conversation|discussion))\b|share\ (?:this|on|via|your|the)\b|share$|tweet$|print$|email$
  |advertisement$|advertising$|sponsored\b.{0,40}$|ad$
  |don['’]t\ miss\b|must[-\ ]read\b|up\ next\b|trending\b.{0,30}$|most\ (?:read|popular|viewed)\b
  |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested)|recommended\b.{0,30}$|editor['’]?s['’]?\ (?:pick|choice|note)s?$
  |(?:image|photo|picture|foto|фото)\ ?(?:\d+\ of\ \d+|credit|source|by|via|courtesy)?\s*[:©]|image\ \d+\ of\ \d+|\d+\ of\ \d+$
  |\d+\s*/\s*\d+$|slide\ \d+|(?:©|\(c\)|copyright)\b.{0,200}$|all\ rights\ reserved\b
  |story\ continues\b|article\ continues\b|continue\ reading\b|loading\b.{0,20}$
  |this\ (?:article|story|post)\ (?:was\ )?(?:originally|first)\ (?:appeared|published)
  |tags?\s*[:\s]|topics?\s*:|filed\ under\b|categor(?:y|ies)\s*:|labels?\s*:|keywords?\s*:|posted\ in\b|source\s*:\s*\S+$
  |(?:leave|post|add|write)\ a\ (?:comment|reply)\b|comments?(?:\ \(\d+\))?$|\d+\ comments?\b.{0,20}$
  |view\ (?:all\ )?comments|show\ comments|log\ ?in\ to\b|(?:read|view|show|load|see|learn|find\ out|discover)\ more\W*$|close$
  |back\ to\ top|vídeo$|video$|play\ video|hide\ caption|toggle\ caption|enlarge(?:\ (?:this\ )?image)?$
  |view\ (?:gallery|photos|slideshow)|expand$|(?:buy|order|shop)\ now\W*$|this\ content\ is\ (?:not\ available|imported)
  |view\ this\ post\b|(?:watch|view\ video|watch\ video)$|skip\ (?:past|to|ad|advert\w*|(?:\d+\ )?photos)\b.{0,80}$
  |waiting\ for\ your\ permission\b|(?:discuss|bookmark)\b.{0,20}(?:in\ the\ forum|share\ with)\b
  |this\ (?:web)?site\ uses\ cookies\b|we\ (?:use|store)\ cookies\b
  |lire\ aussi|à\ lire|lesen\ sie\ auch|mehr\ zum\ thema|lee\ también|leia\ (?:mais|também)|veja\ (?:mais|também)
  |читайте\ также|leggi\ (?:anche|di\ più)|potrebbe\ interessarti|lees\ (?:ook|meer)\b|läs\ (?:också|mer|även)\b|læs\ (?:også|mere)\b
  |les\ også\b|lue\ myös\b|dowiedz\ się\ więcej|czytaj\ (?:też|także|więcej)|zapraszamy\b.{0,30}\bsubskrypcji|přečtěte\ si
  |(?:le|te)\ puede\ interesar|ver\ (?:también|más)\b|voir\ aussi|à\ découvrir|lire\ (?:la\ suite|plus)\b
  |auch\ lesen|lesen\ sie\ (?:mehr|hier|weiter)|weiterlesen\b|weitere\ (?:infos?|informationen)\ unter\b
  |jetzt\b.{0,30}\b(?:anmelden|registrieren|abonnieren|bestellen|kaufen)\W*$|empfehlung(?:en)?\ (?:aus\ )?der\ redaktion
  |(?:bild|foto)\ (?:anzeigen|schließen|vergrößern)|kommentieren$|keine\ kommentare|teilen$|drucken$|merken$
  |(?:publiziert|aktualisiert|veröffentlicht|erstellt)\ ?(?:am|:).{0,60}$
 )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Matched at the start of lines below 300 characters: what asks the reader to go elsewhere, or labels a widget."""

BUYING: Final = re.compile(
    r"^(?:[$€£]\ ?\d[\d.,]*\ (?:at|on|from)\ \S.{0,40}$"
    r"|(?:buy|shop|order|pre-?order|view|check\ prices?|see\ (?:it|price)|get\ it)\ (?:it\ |now\ |here\ )?(?:at|on|from)\ \S)",
    re.IGNORECASE | re.VERBOSE,
)
"""Matched at the start of short lines that are links: where to buy a thing."""

ENDING: Final = re.compile(
    r"""\bcontributed\ to\ this\ (?:report|story|article)
  |\b(?:reporting|editing|additional\ reporting|writing|compiled)\ by\ [A-Z]
  |\bis\ (?:a|an|the)\ (?:\w+[\s-]){0,6}(?:reporter|writer|editor|author|columnist|journalist|correspondent|contributor|fellow|professor
      |freelance\w*|producer|intern)\b
  |\bis\ (?:(?:the|a|an|co-)\ ?)?(?:\w+\ ){0,2}(?:president|director|founder|chairman|chief\ executive|(?:senior\ )?fellow)\ (?:of|at)\b
  |^\W{0,2}[A-Z]\w+\ (?:[A-Z]\w*\.?\ ){0,2}(?:[A-Z][\w-]+\ )(?:writes|covers|reports)\ (?:about|for|on)\b
  |^\W{0,2}follow\b.{0,60}\ on\ (?:social\ media|\w+)\b
  |\baffiliate\ (?:links?|commission|partner)|\bmay\ (?:earn|receive)\ (?:a\ |an\ )?(?:\w+\ )?commission
  |\bfollow\ (?:him|her|them|me|us|@\w+|\w+\ (?:\w+\ )?on)\b.{0,60}(?:@|\bon\ [a-z]+\b[^.]{0,40}\.?$)
  |\bcan\ be\ (?:reached|contacted)\ at\b|^(?:e-?mail|contact)\b.{0,80}@|\bsubscribe\ to\ (?:our|the)\b
  |\bsign\ up\ (?:for|to)\b.{0,100}(?:newsletter|inbox|updates|alerts)|\bnewsletters?\b.{0,80}\binbox\b
  |^copyright\b|^©|\ball\ rights\ reserved\b|^(?:the\ )?associated\ press$|^___+$
  |\bhave\ (?:a\ )?(?:tip|question|story\ idea)s?\b|\bfull\ coverage\b.{0,60}https?:|\bthis\ material\ may\ not\ be\ published\b
  |\bif\ you\ (?:enjoyed|liked)\ (?:reading\ )?this\b|^suggested\ citation\b
  |^(?:der|dieser)\ (?:text|beitrag|artikel)\b.{0,80}\b(?:veröffentlicht|lizenz|erschienen)|^erstellt\ am\b.{0,60}\babgelegt\ unter
  |^note\ to\ editors|^about\ (?:the\ author|us|[A-Z]\w+)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Searched in the last lines below 500 characters: credits, biographies, notices of rights."""

OTHER_ARTICLES: Final = re.compile(
    r"""^[\W_]{0,9}(?:
   related\b.{0,40}|more\ (?:from|on|stories|news|articles|in|like|must-reads)\b.{0,60}|read\ (?:next|more|also)\b.{0,40}
  |recommended\b.{0,40}|(?:you\ )?(?:may|might)\ (?:also\ )?like\b.{0,30}|you\ (?:may|might)\ also\b.{0,40}|what\ to\ read\ next
  |latest\ (?:news|stories|posts|articles|from)\b.{0,40}|most\ (?:read|popular|viewed|recent)\b.{0,30}
  |popular\ (?:posts|stories|articles|now)\b.{0,30}|trending\b.{0,30}|top\ (?:stories|news|reads|articles)\b.{0,30}
  |recent\ (?:posts|articles|stories|news|comments)\b.{0,30}|(?:\d+\ )?comments?\b.{0,25}|leave\ a\ (?:reply|comment)\b.{0,20}
  |join\ the\ (?:discussion|conversation)\b.{0,20}|discussion$|about\ (?:the\ )?authors?\b.{0,20}|share\ (?:this|on)\b.{0,40}|share$
  |tags?$|topics?$|filed\ under\b.{0,40}|newsletter\b.{0,40}|sign\ up\b.{0,60}|subscribe\b.{0,60}
  |stay\ (?:connected|informed|up\ to\ date|on\ the\ cutting\ edge)\b.{0,30}|follow\ us\b.{0,20}|see\ also
  |also\ (?:on|in|read)\b.{0,40}|sponsored\b.{0,30}|from\ around\ the\ web|around\ the\ web|editor['’]?s?['’]?\ (?:picks?|choice)
  |lesen\ sie\ auch|mehr\ zum\ thema\b.{0,40}|das\ könnte\ (?:sie|dich)\b.{0,40}|à\ lire\ aussi|sur\ le\ même\ (?:sujet|thème)
  |artículos?\ relacionados?|notícias?\ relacionadas?|leia\ (?:mais|também)|veja\ também|читайте\ также|похожие\ .{0,30}
  |самые\ популярные\b.{0,30}|отзывы|комментарии\b.{0,20}|добавить\ (?:отзыв|комментарий)|articoli\ correlati
  |empfohlene\ (?:beiträge|artikel).{0,30}|(?:weitere|ähnliche|verwandte|neueste)\ (?:beiträge|artikel|themen|meldungen|nachrichten).{0,40}
  |mehr\ (?:von|aus|themen|artikel|nachrichten)\b.{0,40}|zum\ weiterlesen|meist-?(?:gelesen|diskutiert|kommentiert)e?.{0,20}
  |über\ (?:den\ autor|die\ autor(?:in|en)).{0,20}|articles?\ (?:similaires|liés|associés).{0,20}|à\ lire\ également|(?:les\ )?plus\ lus.{0,20}
  |lo\ más\ (?:leído|visto).{0,20}|más\ (?:leídas|noticias).{0,30}|(?:le|te)\ puede\ interesar.{0,20}|mais\ lidas.{0,20}
  |altri\ articoli.{0,30}|potrebbe\ interessarti.{0,30}|meer\ (?:over|nieuws)\b.{0,30}|lees\ ook|läs\ (?:också|även|mer)|læs\ også|les\ også
  |zobacz\ (?:też|także)|czytaj\ (?:też|także|więcej)\b.{0,30}|powiązane\b.{0,30}
 )\s*:?$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Matched against headings below 80 characters: from here on the page is about other things."""

WIDGET: Final = re.compile(r"^(?:TT?|AA?|A[+-]|[+-]|\d{1,4}|[|•·×✕»«<>])$")
"""What a text-size switch, a counter or a separator leaves behind."""

SENTENCE_END: Final = re.compile(r"[.!?…。！？:;\"”“’‘)»«\]]\s*$")

CREDITED: Final = re.compile(r"[.!?…”\"]\s*[(\[][^()\[\]]{2,80}[)\]]\s*$")
"""A sentence and then a name in parentheses at the very end: whose picture it is. So ends a caption."""

CREDIT_LINE: Final = re.compile(
    r"^(?:abbildung|abb\.|titelbild|bild|foto|grafik|fig(?:ure|\.)|photo|image|фото)\s?\d{0,3}\s?:\s\S|"
    r"(?:^|[.!?…”\")]\s{0,3}|\s[-–—|/(]\s?)(?:(?:photo|image|picture|video|photograph|illustration|graphic)s?\s?)?"
    r"(?:credit|courtesy|photo|foto|bild|crédit|crédito|image\ source)s?\s?(?:by|of|:)\s?[^.]{2,80}\.?\)?$",
    re.IGNORECASE | re.VERBOSE,
)
"""Whose picture it is, at the end of a line or as all of it: ``A view of the lake. Credit: Ada Lovelace.``"""
