/** A row of digits in the ways in which people and programs write it: each of them counts as a card number. */
export function writtenForms(digits: string): Record<string, string> {
  const inScript = (zero: number): string =>
    [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join("");
  const grouped = (mark: string): string => digits.replace(/(\d{4})(?=\d)/g, `$1${mark}`);
  const parted = (mark: string): string => [...digits].join(mark);
  return {
    plain: digits,
    spaces: grouped(" "),
    dashes: grouped("-"),
    "no-break spaces": grouped("\u00A0"),
    "figure dashes": grouped("\u2012"),
    colons: grouped(":"),
    pluses: grouped("+"),
    "a dot after every digit": parted("."),
    "zero-width spaces": parted("\u200B"),
    "zero-width joiners": parted("\u200D"),
    "soft hyphens": parted("\u00AD"),
    "word joiners and spaces": parted("\u2060 "),
    "combining marks": parted("\u0332"),
    "Hangul fillers": parted("\u3164"),
    "braille blanks": parted("\u2800"),
    "keycap emoji": [...digits].map((digit) => `${digit}\uFE0F\u20E3`).join(""),
    "full-width digits": inScript(0xff10),
    "Arabic-Indic digits": inScript(0x0660),
    "extended Arabic-Indic digits": inScript(0x06f0),
    "Devanagari digits": inScript(0x0966),
    "Bengali digits": inScript(0x09e6),
    "Thai digits": inScript(0x0e50),
    "Khmer digits": inScript(0x17e0),
    "mathematical bold digits": inScript(0x1d7ce),
    "mathematical monospace digits": inScript(0x1d7f6),
    "segmented digits": inScript(0x1fbf0),
    "Adlam digits": inScript(0x1e950),
    superscripts: [...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join(""),
    subscripts: inScript(0x2080),
    "circled digits": inScript(0x245f).replaceAll("\u245F", "\u24EA"),
    "parenthesised digits": inScript(0x2473).replaceAll("\u2473", "0"),
    "digits with full stops": inScript(0x2487).replaceAll("\u2487", "0"),
    "negative circled digits": inScript(0x2775).replaceAll("\u2775", "\u24FF"),
    "sans-serif circled digits": inScript(0x277f).replaceAll("\u277F", "\u{1F10B}"),
    "scripts in turn": [...digits]
      .map((digit, i) =>
        String.fromCodePoint([0x30, 0xff10, 0x0966, 0x0660][i % 4] ?? 0x30, 0x200b).replace(/^./u, (zero) =>
          String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)),
        ),
      )
      .join(""),
    "percent-encoded digits": [...digits].map((digit) => `%3${digit}`).join(""),
    "percent-encoded spaces": grouped("%20"),
    "percent-encoded dashes, twice": grouped("%252D"),
  };
}
