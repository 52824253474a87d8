"""The names of months in the languages that feeds use against the rule (RFC 822 knows English alone)."""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
jan january januar januari janv janvier ene enero gen gennaio janeiro sty stycznia styczeń led ledna leden
ocak oca jaanuar tammikuu янв января январь ιαν ιανουαρίου január

feb february februar februari fév févr février febrero febbraio fev fevereiro lut lutego luty úno února únor
şubat şub helmikuu фев февр февраля февраль φεβ φεβρ φεβρουαρίου február

mar march mär märz maerz mrz mrt maart mars marzo março marca marzec bře března březen mart maaliskuu мар
марта март μάρ μαρ μαρτ μαρτίου március márc

apr april avr avril abr abril aprile kwi kwietnia kwiecień dub dubna duben nis nisan huhtikuu апр апреля
апрель απρ απριλίου április ápr

may mai mayo mag maggio maio maj maja mei kvě května květen mayıs toukokuu мая май μάι μαι μαϊ μαΐου május
máj

jun june juni juin junio giu giugno junho cze czerwca czerwiec čvn června červen haz haziran kesäkuu июн
июня июнь ιούν ιουν ιουνίου június jún

jul july juli juil juillet julio lug luglio julho lip lipca lipiec čvc července červenec tem temmuz heinäkuu
июл июля июль ιούλ ιουλ ιουλίου július júl

aug august augusti augustus aoû août ago agosto sie sierpnia sierpień srp srpna srpen ağu ağustos elokuu
agustus авг августа август αύγ αυγ αυγούστου augusztus

sep sept september septembre septiembre set settembre setembro wrz września wrzesień zář září eyl eylül
syyskuu сен сент сентября сентябрь σεπ σεπτ σεπτεμβρίου szeptember szept

oct october okt oktober octobre octubre ott ottobre out outubro paź października październik říj října říjen
eki ekim lokakuu окт октября октябрь οκτ οκτωβρίου október

nov november novembre noviembre novembro lis listopada listopad kas kasım marraskuu ноя нояб ноября ноябрь
νοέ νοε νοεμβρίου

dec december dez dezember déc décembre dic diciembre dicembre dezembro gru grudnia grudzień pro prosince
prosinec ara aralık joulukuu des desember дек декабря декабрь δεκ δεκεμβρίου
"""
# "lis" and "listopad(u)" are November in Polish and Czech (Croatian October): the two that more feeds are written in.

MONTHS: Final = {
    name: number for number, names in enumerate(_NAMES.split("\n\n"), start=1) for name in names.split()
}
"""The number of each name, in lower case."""
