/*
 * xml_text.h - texts of others in XML 1.0, as an attribute's value or between tags.
 *
 * The text is shown with its lines (base/text/show.h), so no character is left that XML forbids;
 * markup is escaped, and so is a line end, which an attribute would lose.
 */
#ifndef BELLOWS_BASE_TEXT_XML_TEXT_H
#define BELLOWS_BASE_TEXT_XML_TEXT_H

#include "base/common.h"
#include "base/strbuf.h"

void xml_text(StrBuf *out, const char *text);

#endif
