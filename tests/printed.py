# SPDX-License-Identifier: Apache-2.0
"""Texts for the tests of papers, all written for them."""

ARTICLE = """Country bars Exampleco routers from public networks

18 July 2024, 11:00 | By Jane Sample

The ministry of digital affairs said on Tuesday that public bodies may no longer buy routers of Exampleco, after a review that lasted a year.

“Nobody has to unplug anything today,” the minister said. “But these devices have no future in our networks.”

- new contracts are barred from 1 September 2024
- devices in use must be gone by the end of 2026

The company rejected the decision and said it would go to court over it.
"""
"""Title, a date line, paragraphs and a list."""

TAIL = """
admin

Share
Published by
admin

Recent Posts

Phones of another maker sell well in spring

Sales of the maker rose by a tenth in the first quarter of the…

8 hours ago

A game turns 20

Exactly 20 years ago, on November 23, 2004, the game was released, and…

15 hours ago
"""
"""What a page wears after an article: none of it is text, and its dates are those of the crawl."""

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Country bars Exampleco routers | Sample News</title>
<meta property="og:site_name" content="Sample News"><meta property="article:published_time" content="2024-07-18T09:00:00Z">
<link rel="canonical" href="https://news.example/a/1"><script>var d = "1 May 1999";</script><style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div>Monday, November 23, 2026</div>
<article><h1>Country bars Exampleco routers</h1><p class="by">By Jane Sample</p>
<p>The ministry said on Tuesday that public bodies may no longer buy <a href="/e">routers of Exampleco</a> &amp; its
   affiliates, after a review that lasted more than a year and was asked for by parliament.</p>
<p>&ldquo;Nobody has to unplug anything today,&rdquo; the minister said. New contracts are barred from 1&nbsp;September 2024, and
devices in use must be gone by the end of 2026, according to the text of the order that the ministry published.</p>
<p>The company rejected the decision and said that it would go to court over it before the end of the month.</p></article>
<aside><h3>Recent Posts</h3><ul><li>Phones sell well, 3 January 2025</li></ul></aside><footer>&copy; 2026 Sample News</footer></body></html>"""

GAZETTE = """<?xml version="1.0"?><NOTICE><PREAMB><PRTPAGE P="100"/><AGENCY TYPE="S">DEPARTMENT OF EXAMPLES</AGENCY>
<SUBAGY>Bureau of Samples</SUBAGY><DEPDOC>[Docket No. 240601-0001]</DEPDOC><SUBJECT>Final Determination: Exampleco Routers</SUBJECT>
<AGY><HD SOURCE="HED">AGENCY:</HD><P>Bureau of Samples, Department of Examples.</P></AGY>
<DATES><HD SOURCE="HED">DATES:</HD><P>This determination is effective July 20, 2024.</P></DATES></PREAMB>
<SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD><P>Exampleco may not enter into <E T="03">any</E> new agreement with a U.S. person.<SU>1</SU></P>
<SIG><DATED>Dated: June 14, 2024.</DATED></SIG></SUPLINF><FRDOC>[FR Doc. 2024-00001 Filed 6-20-24; 8:45 am]</FRDOC><BILCOD>BILLING CODE 0000-00-P</BILCOD></NOTICE>"""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Sample Feed</title><link>https://news.example/</link>
<item><title>Country bars routers</title><link>https://news.example/a/1</link><pubDate>Thu, 18 Jul 2024 09:00:00 +0000</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>The ministry said that public bodies may no longer buy routers of Exampleco.</p><p>It takes effect on 1 September.</p>]]></content:encoded></item>
<item><title>Second &amp; last</title><pubDate>2024-07-19</pubDate><description>&lt;p&gt;The company &lt;b&gt;rejected&lt;/b&gt; the decision on Friday.&lt;/p&gt;</description></item></channel></rss>"""

MAIL = (
    "From: Sample Alerts <alerts@news.example>\r\nTo: you@example.org\r\nDate: Tue, 16 Jul 2024 23:30:00 -0500\r\nMessage-ID: <1@x>\r\n"
    "Subject: =?utf-8?q?Fwd=3A_Routers_barred_=E2=80=93_what_now?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDear colleagues,\r\n\r\n"
    "The ministry said on Tuesday that public bodies may no longer buy routers of Exampleco.\r\n\r\nUnsubscribe\r\n"
    "--b\r\nContent-Type: application/pdf; name=order.pdf\r\nContent-Disposition: attachment; filename=order.pdf\r\n\r\nxx\r\n--b--\r\n"
)


def pdf(*lines: str) -> bytes:
    """Give a PDF of one page with lines of text, or none."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 750 Td {shown}ET" if lines else ""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode()
