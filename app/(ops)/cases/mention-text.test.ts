import { expect, test } from "vitest";
import { matchingPeople, mentionTyped, noteParts, withIds } from "./mention-text.ts";

const people = [
  { id: "u1", name: "Ada Min" },
  { id: "u2", name: "Ada Minton" },
  { id: "u3", name: "Lea Dean" },
];

test("a name is being typed from an @ that begins a word, up to the caret", () => {
  expect(mentionTyped("Ask @le", 7)).toEqual({ at: 4, typed: "le" });
  expect(mentionTyped("@Ada Mi", 7)).toEqual({ at: 0, typed: "Ada Mi" });
  expect(mentionTyped("@", 1)).toEqual({ at: 0, typed: "" });
  expect(mentionTyped("Ask @le now", 4)).toBeNull();
  expect(mentionTyped("mail@le", 7)).toBeNull();
});

test("people are found by any word of their name", () => {
  expect(matchingPeople(people, "de").map((person) => person.id)).toEqual(["u3"]);
  expect(matchingPeople(people, "ada min").map((person) => person.id)).toEqual(["u1", "u2"]);
  expect(matchingPeople(people, "")).toHaveLength(3);
  expect(matchingPeople(people, "x")).toEqual([]);
});

test("chosen names are sent as ids, the longer name first, and come back as names", () => {
  const sent = withIds("@Ada Minton and @Ada Min, see @Lea Dean", people.slice(0, 2));
  expect(sent).toBe("@[u2] and @[u1], see @Lea Dean");
  expect(noteParts(sent, people)).toEqual([
    { text: "@Ada Minton", isName: true },
    { text: " and ", isName: false },
    { text: "@Ada Min", isName: true },
    { text: ", see @Lea Dean", isName: false },
  ]);
});

test("an id of nobody known stays as it was written", () => {
  expect(noteParts("@[u9]", people)).toEqual([{ text: "@[u9]", isName: false }]);
});
