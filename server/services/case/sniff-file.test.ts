import { expect, test } from "vitest";
import { fileHoldsCardNumber, sniffFile } from "./sniff-file.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1]);

test("a file is what its name and its first bytes say together", () => {
  expect(sniffFile("a.PDF", bytes("%PDF-1.7"))).toBe("application/pdf");
  expect(sniffFile("a.png", png)).toBe("image/png");
  expect(sniffFile("a.jpeg", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]))).toBe("image/jpeg");
  expect(sniffFile("a.b.csv", bytes("a;b\r\n1;2"))).toBe("text/csv");
  expect(sniffFile("mail.eml", bytes("Subject: Grüße\n\n"))).toBe("message/rfc822");
});

test("a disguise, an unknown ending, binary content and broken text are none of them", () => {
  expect(sniffFile("a.png", bytes("%PDF-1.7"))).toBeNull();
  expect(sniffFile("a.txt", png)).toBeNull();
  expect(sniffFile("a.svg", bytes("<svg/>"))).toBeNull();
  expect(sniffFile("txt", bytes("x"))).toBe("text/plain");
  expect(sniffFile("a.txt", bytes("a\0b"))).toBeNull();
  expect(sniffFile("a.txt", Uint8Array.from([0xc3, 0x28]))).toBeNull();
  expect(sniffFile("a.pdf", bytes("text"))).toBeNull();
});

test("card numbers are found in lines and cells; neighbouring cells of a table are not read as one number", () => {
  expect(fileHoldsCardNumber("text/plain", bytes("x\ncard 4242 4242 4242 4242\n"))).toBe(true);
  expect(fileHoldsCardNumber("text/csv", bytes("id,card\n1,4242424242424242"))).toBe(true);
  expect(fileHoldsCardNumber("text/csv", bytes("4242,4242,4242,4242"))).toBe(false);
  expect(fileHoldsCardNumber("application/pdf", bytes("4242424242424242"))).toBe(false);
});
