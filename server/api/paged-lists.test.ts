import { expect, test } from "vitest";
import { z } from "zod";
import { appRouter } from "./root.ts";

/** The inputs of procedures that answer page by page, by the procedure's name. */
function pagedInputs(): [string, z.ZodObject][] {
  return Object.entries(appRouter._def.procedures).flatMap(([name, procedure]) => {
    const { inputs = [] } = (procedure as unknown as { _def: { inputs?: readonly unknown[] } })._def;
    return inputs.flatMap((input): [string, z.ZodObject][] =>
      input instanceof z.ZodObject && "cursor" in input.shape ? [[name, input]] : [],
    );
  });
}

test("lists that are read page by page take the direction that their readers send", () => {
  const inputs = pagedInputs();
  expect(inputs.length).toBeGreaterThan(4);
  const refusing = inputs.filter(([, input]) => {
    const { error } = input.safeParse({ direction: "forward" });
    return error?.issues.some(({ code }) => code === "unrecognized_keys");
  });
  expect(refusing.map(([name]) => name)).toEqual([]);
});
