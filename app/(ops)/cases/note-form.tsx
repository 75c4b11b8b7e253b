"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { matchingPeople, mentionTyped, type Named, withIds } from "./mention-text.ts";
import { useDraft } from "./use-draft.ts";

type NoteFormProps = { caseId: string; noteRef: RefObject<HTMLTextAreaElement | null> };

/** Writes a note; "@" offers people to name. What was typed survives a reload. */
export function NoteForm({ caseId, noteRef }: NoteFormProps): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [text, setText] = useDraft(`note ${caseId}`);
  const { data: people = [] } = useQuery(trpc.case.people.queryOptions(undefined, { staleTime: 300_000 }));
  const add = useMutation(
    trpc.case.addNote.mutationOptions({
      onSuccess: () => {
        setText("");
        noteRef.current?.blur();
        return queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId }));
      },
      onError: (error) => toast.error(`The note was not saved; it is still in the field. ${error.message}`),
    }),
  );
  const save = (): void => {
    if (text.trim() !== "" && !add.isPending) add.mutate({ caseId, text: withIds(text, people) });
  };
  const offer = useMentionOffer({ text, setText, people, field: noteRef });
  return (
    <form
      className="relative mb-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={noteRef}
        rows={text === "" ? 1 : 3}
        aria-label="Note"
        placeholder="Write a note, @ names a colleague   n"
        value={text}
        maxLength={4000}
        onChange={(event) => {
          setText(event.target.value);
          offer.look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={(event) => {
          if (offer.onKeyDown(event)) return;
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
        }}
        onBlur={offer.close}
        className="block w-full resize-none rounded-md border border-line-strong/60 bg-surface px-2 py-1.5 placeholder:text-faint"
        {...offer.fieldProps}
      />
      {offer.list}
      {text !== "" && (
        <div className="mt-1.5 flex items-center gap-2">
          <Button type="submit" look="primary" size="small" disabled={add.isPending}>
            Save the note
          </Button>
          <KeyHint keys="Ctrl Enter" />
        </div>
      )}
    </form>
  );
}

type OfferOptions = {
  text: string;
  setText: (text: string) => void;
  people: readonly Named[];
  field: NoteFormProps["noteRef"];
};

/** A list of people under the field while a name is being typed: arrows move, Enter or Tab takes, Escape closes. */
function useMentionOffer({ text, setText, people, field }: OfferOptions) {
  const id = useId();
  const [typed, setTyped] = useState<ReturnType<typeof mentionTyped>>(null);
  const [active, setActive] = useState(0);
  const found = typed === null ? [] : matchingPeople(people, typed.typed);
  const isOpen = found.length > 0;
  const close = (): void => setTyped(null);
  const take = (person: Named | undefined): void => {
    if (typed === null || person === undefined) return;
    const rest = text.slice(typed.at + 1 + typed.typed.length);
    setText(`${text.slice(0, typed.at)}@${person.name} ${rest}`);
    close();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + found.length) % found.length);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab")
      take(found[active]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  };
  return {
    close,
    onKeyDown,
    look: (next: string, caret: number): void => {
      setTyped(mentionTyped(next, caret));
      setActive(0);
    },
    fieldProps: isOpen
      ? {
          "aria-controls": id,
          "aria-activedescendant": `${id} ${active}`,
          "aria-autocomplete": "list" as const,
        }
      : {},
    list: isOpen && (
      <div
        id={id}
        role="listbox"
        aria-label="People"
        className="absolute inset-x-0 z-10 mt-1 rounded-md border border-line bg-surface p-1 shadow-float"
      >
        {found.map((person, place) => (
          <div
            key={person.id}
            id={`${id} ${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === active}
            className={classNames("rounded px-2 py-1", place === active && "bg-accent-soft text-accent")}
            onPointerDown={(event) => {
              event.preventDefault(); // else the field would lose the focus, and with it the list
              take(person);
            }}
          >
            {person.name}
          </div>
        ))}
      </div>
    ),
  };
}
