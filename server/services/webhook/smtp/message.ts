export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly id: string;
};

/** RFC 2047 allows 75; the name of the header stands before the first word. */
const LONGEST_WORD = 66;

/**
 * An e-mail of plain text (RFC 5322), its subject and body in base64, so that no word of theirs can become a header or
 * end the message.
 */
export function messageText(mail: Mail, { from, at }: { readonly from: string; readonly at: Date }): string {
  const domain = from.split("@").at(-1) ?? "assay.invalid";
  return [
    `From: Assay <${from}>`,
    `To: <${mail.to}>`,
    `Subject: ${encodedWords(mail.subject)}`,
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${mail.id}@${domain}>`,
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    ...(Buffer.from(mail.text.replace(/\r?\n/g, "\r\n"))
      .toString("base64")
      .match(/.{1,76}/g) ?? [""]),
    "",
  ].join("\r\n");
}

/** RFC 2047: words of at most 75 characters, never cut within a character. */
function encodedWords(text: string): string {
  const most = Math.floor((LONGEST_WORD - "=?utf-8?B??=".length - 1) / 4) * 3;
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > most) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((each) => `=?utf-8?B?${Buffer.from(each).toString("base64")}?=`).join("\r\n ");
}
