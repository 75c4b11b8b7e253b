import { expect, test } from "vitest";
import { readAhead } from "./read-ahead.ts";

const numbers = (total: number, size: number) => {
  const asked: (number | null)[] = [];
  const fetch = async (after: number | null): Promise<number[]> => {
    asked.push(after);
    const from = (after ?? 0) + 1;
    return Array.from({ length: Math.max(0, Math.min(size, total - from + 1)) }, (_, i) => from + i);
  };
  return { asked, pages: readAhead(size, fetch) };
};

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

test("every row comes once, in order, a page at a time", async () => {
  const { pages, asked } = numbers(7, 3);
  expect(await all(pages)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  expect(asked).toEqual([null, 3, 6]);
});

test("after a full page one more is asked for, and an empty one is not handed out", async () => {
  const { pages, asked } = numbers(6, 3);
  expect(await all(pages)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(asked).toEqual([null, 3, 6]);
});

test("nothing to read is no page", async () => {
  expect(await all(numbers(0, 3).pages)).toEqual([]);
});

test("the next page is asked for before this one has been worked on", async () => {
  const { pages, asked } = numbers(9, 3);
  await pages.next();
  expect(asked).toEqual([null, 3]);
});

test("a page that cannot be read fails when it is due, not while the one before is worked on", async () => {
  const pages = readAhead<number>(2, async (after) => {
    if (after !== null) throw new Error("connection lost");
    return [1, 2];
  });
  expect((await pages.next()).value).toEqual([1, 2]);
  await new Promise(setImmediate);
  await expect(pages.next()).rejects.toThrow("connection lost");
});
