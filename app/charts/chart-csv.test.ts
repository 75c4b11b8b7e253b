import { expect, test } from "vitest";
import { toCsv } from "./chart-csv.ts";

test("rows follow the heading, separated as RFC 4180 says", () => {
  expect(
    toCsv({
      columns: ["Day", "Review"],
      rows: [
        ["1 Nov", 3],
        ["2 Nov", null],
      ],
    }),
  ).toBe("Day,Review\r\n1 Nov,3\r\n2 Nov,");
});
test("commas, quotes and line breaks are quoted", () => {
  expect(toCsv({ columns: ['a,"b"', "c\nd"], rows: [] })).toBe('"a,""b""","c\nd"');
});
test("text that a spreadsheet would run as a formula is defused, negative numbers are not", () => {
  expect(toCsv({ columns: ["v"], rows: [["=1+1"], [-1]] })).toBe("v\r\n'=1+1\r\n-1");
});
