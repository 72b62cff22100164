"""
The content of the demonstration forum, as plain Python data.

Nothing here knows Django: the modules hold frozen records, `load_demo` writes them to the database.
What is known about the real forum is true: its hosts, the two ministers and what they said and shared,
the subjects of the five talks, four institutions. Everything around it (people, companies, rooms,
times, what the talks say in detail) is invented and carries `is_demo=True`, so that the site marks it
as demonstration data wherever it is shown. The five talks carry the mark too: their subjects are
facts, but who gives them and the words of the abstracts are not.

Invented people bear names that say so: Minh Hoạ is "illustration", 가상 is "imaginary".
"""
