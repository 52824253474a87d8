"""The bundled site: invented publications of an invented town, to try the reader on without a network.

    articles    the texts, in the plain files of ``articles/``, and their structure
    markup      the small markup those files are written in, to HTML
    feeds       a publication as RSS 2.0, RSS 1.0 (RDF), Atom 1.0, JSON Feed or podcast RSS
    pages       an article as the page of a newspaper, a magazine or a blog, with all that stands around it
    pictures    the pictures, drawn from their names
    site        what the site answers to a path; dates are relative to a clock
    server      the same over HTTP on the loopback address
    library     a library filled from the site without a network

Everything in it is made up: the towns, the people, the clubs and the octopus.
"""
