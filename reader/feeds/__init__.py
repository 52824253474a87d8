"""Bytes to a parsed feed, without any I/O.

Everything in this room is a pure function of the bytes it is given, so that it can run in a worker process:

    parse            any feed document to a ``ParsedFeed``; the door of the room
      encodings      bytes to text as publishers really encode it
      xml_tree       bytes to an element tree, repairing what is not well-formed
      names          elements by one name, whatever their namespace is called
      xml_feed       a tree to a feed (RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0)
      xml_entry      an element to an entry
      markup         the HTML inside: inline XHTML, relative links, titles without tags
      json_feed      JSON Feed 1.0 and 1.1
      sitemap        news sitemaps
      broken         what only ``feedparser`` can read
      dates          instants as feeds write them; months, their names in many languages
      draft          what the formats fill in; limits, and text made printable
    discovery        what a person typed, or a page, to the feeds behind it (candidate)
      known_sites    addresses whose feed can be derived without asking
    index_page       a page without a feed to a rule that finds its articles (index_links, pages)
    lists            a file of subscriptions to an outline: opml, urls_file (newsboat_filter)
"""
