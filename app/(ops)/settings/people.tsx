"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { count, plural } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { type Person, peopleOf } from "./people-list.ts";
import { PersonForm } from "./person-form.tsx";
import { settingsParams } from "./search-params.ts";

const column = columnsOf<Person>();
const columns = column.columns([
  column.accessor("name", {
    header: "Name",
    cell: (cell) => <span className="font-medium">{cell.getValue()}</span>,
  }),
  column.accessor("email", { header: "E-mail", meta: { from: "lg" } }),
  column.accessor((person) => person.role?.replace("_", " ") ?? "", { id: "role", header: "Role" }),
  column.accessor((person) => person.work?.openCases ?? null, {
    id: "open",
    header: "Open cases",
    meta: { align: "end", from: "sm" },
    cell: (cell) => count(cell.getValue()),
  }),
  column.accessor((person) => person.work, {
    id: "capacity",
    header: "At most",
    meta: { align: "end", from: "md" },
    cell: (cell) => {
      const work = cell.getValue();
      return work === null ? "–" : (work.caseCapacity ?? "no bound");
    },
  }),
  column.display({
    id: "state",
    header: "State",
    meta: { align: "end" },
    cell: (cell) => <State person={cell.row.original} />,
  }),
]);

/** Who works here: role for admins; capacity and time off for leads, and one's own for everybody. */
export function People(): ReactNode {
  const trpc = useTRPC();
  const managesUsers = useCan("user:manage");
  const [{ person: openId }, setParams] = useQueryStates(settingsParams, { history: "push" });
  const workers = useQuery(trpc.user.workers.queryOptions());
  const users = useQuery({ ...trpc.user.list.queryOptions(), enabled: managesUsers });
  const error = workers.error ?? users.error;
  const isLoading = workers.data === undefined || (managesUsers && users.data === undefined);
  const people = isLoading ? [] : peopleOf(users.data ?? null, workers.data);
  const open = people.find(({ id }) => id === openId) ?? null;
  const active = people.filter(({ disabledAt }) => disabledAt === null).length;
  const close = (): void => void setParams({ person: null });
  return (
    <Card
      padded={false}
      title={
        isLoading
          ? "People"
          : managesUsers
            ? `${plural(active, "person", "people")} can sign in`
            : `${plural(active, "person works", "people work")} on cases`
      }
    >
      {error !== null && (
        <ErrorState
          message={error.message}
          onRetry={() => void Promise.all([workers.refetch(), users.refetch()])}
        />
      )}
      {isLoading && error === null && <SkeletonRows rows={4} />}
      {!isLoading && people.length === 0 && (
        <EmptyState title="Nobody works on cases yet">Analysts, leads and admins appear here.</EmptyState>
      )}
      {people.length > 0 && (
        <DataTable
          caption="People"
          columns={columns}
          rows={people}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void setParams({ person: id })}
        />
      )}
      {managesUsers && (
        <p className="px-4 py-3 text-xs text-muted">
          More people: <code>npm run user -- create EMAIL --role ROLE</code>.
        </p>
      )}
      <Dialog
        open={open !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) close();
        }}
        title={open?.name ?? ""}
        place="side"
      >
        {open !== null && <PersonForm key={open.id} person={open} />}
      </Dialog>
    </Card>
  );
}

function State({ person: { disabledAt, work } }: { person: Person }): ReactNode {
  if (disabledAt !== null) return <Badge>Disabled</Badge>;
  if (work?.away) {
    return (
      <Badge tone="review" shape="◐">
        Away{work.awayUntil !== null && " until "}
        {work.awayUntil !== null && <RelativeTime time={work.awayUntil} />}
      </Badge>
    );
  }
  if (work !== null && work.awayFrom !== null) {
    return (
      <span className="text-muted">
        away <RelativeTime time={work.awayFrom} />
      </span>
    );
  }
  return null;
}
