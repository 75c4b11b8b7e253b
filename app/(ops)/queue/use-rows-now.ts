"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import type { CaseRow } from "../cases/words.ts";

const LOOK_MS = 5_000;
/** Scrolling has to rest so long before the rows in view are asked for. */
const REST_MS = 400;
const nothing: ReadonlyMap<string, CaseRow> = new Map();

/** The rows in view as they stand now, asked for again every few seconds; each stays known once it was seen. */
export function useRowsNow(ids: readonly string[]) {
  const trpc = useTRPC();
  const wanted = ids.join(" ");
  const [asked, setAsked] = useState("");
  const [known, setKnown] = useState(nothing);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), REST_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const caseIds = asked === "" ? [] : asked.split(" ");
  const { data, refetch } = useQuery(
    trpc.case.rows.queryOptions(
      { caseIds },
      { enabled: asked !== "", refetchInterval: LOOK_MS, gcTime: LOOK_MS, placeholderData: keepPreviousData },
    ),
  );
  useEffect(() => {
    if (data === undefined) return;
    setKnown((before) => new Map([...before, ...data.map((row) => [row.id, row] as const)]));
  }, [data]);
  return {
    /** the row as it was seen last */
    latest: (row: CaseRow): CaseRow => {
      const seen = known.get(row.id);
      return seen === undefined || seen.version < row.version ? row : seen;
    },
    lookAgain: () => void refetch(),
  };
}
