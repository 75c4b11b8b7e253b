"use client";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import type { RuleTest } from "./types.ts";
import { precisionWords, testReading } from "./words.ts";

const LAST = 2_000;

type TestButtonProps = {
  /** the rules to try, as they would be in force */
  rules: readonly Rule[];
  isDisabled?: boolean;
  /** shows the figures of these rules alone */
  only?: string;
};

/** Tries rules on the newest decisions and tells what they would have done. */
export function TestRules({ rules, isDisabled = false, only }: TestButtonProps): ReactNode {
  const trpc = useTRPC();
  const test = useMutation(trpc.rule.test.mutationOptions());
  return (
    <div className="space-y-2">
      <Button
        size="small"
        disabled={isDisabled || test.isPending}
        onClick={() => test.mutate({ rules: [...rules], last: LAST })}
      >
        {test.isPending ? "Testing…" : `Test on the last ${count(LAST)} payments`}
      </Button>
      <div aria-live="polite">
        {test.isError && <p className="text-decline">{test.error.message}</p>}
        {test.data !== undefined && <Found test={test.data} rules={rules} only={only} />}
      </div>
    </div>
  );
}

type FoundProps = { test: RuleTest; rules: readonly Rule[]; only: string | undefined };

function Found({ test, rules, only }: FoundProps): ReactNode {
  const shown = test.rules.filter(({ id }) => only === undefined || id === only);
  const nameOf = (id: string): string => rules.find((rule) => rule.id === id)?.name ?? id;
  return (
    <div className="space-y-1">
      <p>{testReading(test)}</p>
      {shown.length > 0 && (
        <table className="w-full text-left">
          <caption className="sr-only">Hits of each rule in the test</caption>
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="pr-3 font-medium">
                Rule
              </th>
              <th scope="col" className="px-3 text-right font-medium">
                Hits
              </th>
              <th scope="col" className="pl-3 text-right font-medium">
                Of them fraud
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((rule) => (
              <tr key={rule.id}>
                <td className="pr-3">{nameOf(rule.id)}</td>
                <td className="px-3 text-right">{count(rule.hits)}</td>
                <td className="pl-3 text-right">{precisionWords(rule)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
