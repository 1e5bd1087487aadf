// accepted.mjs - where we judge otherwise than the reference, on purpose, each with the reason. The same list stands in
// docs/divergences.md.
//
// `when` gets the text, the reference's answer and the code of our first error (undefined: we accept).
const rows = [
  {
    reason: 'a keyword and a name in one word, `modelUser {`, open a block: a slip of the keyboard, and we say so',
    when: (text, theirs, code) => theirs.valid && code === 'E0103' && /^[ \t]*(model|view|enum|type|datasource|generator)[^\s{]+[ \t]*\{/m.test(text),
  },
  {
    reason: 'an object among the properties of a generator makes its previewFeatures go unread',
    when: (text, theirs, code) => !theirs.valid && code === undefined && /^[ \t]*generator\b[^}]*=[ \t]*\{/m.test(text) && /preview feature/.test(theirs.text),
  },
  {
    reason: 'a native type passes over an argument whose value is missing and a comma at the end, `@db.Time(0, x: )`',
    when: (text, theirs, code) => theirs.valid && ['E0120', 'E0121'].includes(code) && /@\w+\.\w+\([^)\n]*(\w+:[ \t]*[,)]|,[ \t]*\))/.test(text),
  },
  {
    reason: 'an extension passes over an argument whose value is missing, `citext(map: )`',
    when: (text, theirs, code) => theirs.valid && ['E0120', 'E0121'].includes(code) && /extensions[ \t]*=.*(:[ \t]*[,)]|,[ \t]*\))/.test(text),
  },
  {
    reason: 'preview features that only version 6 and only version 7 know stand in one schema: we take both',
    when: (text, theirs, code) => !theirs.valid && code === undefined && /preview feature "(metrics|partialIndexes)" is not known/.test(theirs.text),
  },
  {
    reason: 'an id of an ignored model that may be NULL: PostgreSQL makes its column NOT NULL',
    when: (text, theirs, code) => theirs.valid && code === 'E0247' && text.includes('@@ignore'),
  },
  {
    reason: 'an id of type xml: PostgreSQL cannot index it',
    when: (text, theirs, code) => theirs.valid && code === 'E0257' && /@id.*@\w+\.Xml|@\w+\.Xml.*@id|@@id/.test(text),
  },
]

export const reasonFor = (text, theirs, code) => rows.find(r => r.when(text, theirs, code))?.reason
