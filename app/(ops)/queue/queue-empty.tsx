import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/states.tsx";
import { isFiltered, type QueueParams } from "./search-params.ts";

const sayings: Record<QueueParams["pile"], { title: string; text: string }> = {
  open: {
    title: "Nothing waits for review",
    text: "A payment appears here when the policy sends it to review: when it costs least to have a person look, when the model could not score it, or by the random share that keeps the labels honest. New cases show up by themselves.",
  },
  snoozed: {
    title: "No case is snoozed",
    text: "Press s on a case to put it off; it waits here until its time, then returns to the queue.",
  },
  held: {
    title: "No case is held",
    text: "A case that waits for something from outside, such as an answer of the customer, is kept here until it is resumed.",
  },
  closed: {
    title: "No case is closed yet",
    text: "A case that got a verdict is kept here, with who gave it and why.",
  },
};

const emptyQueue = {
  title: "Nothing waits in this queue",
  text: "Cases that match its conditions are routed here as they are opened. Press 0 for all queues.",
};

type QueueEmptyProps = { params: QueueParams; onClear: () => void };

/** An empty pile says what will appear; an empty search offers the way back. */
export function QueueEmpty({ params, onClear }: QueueEmptyProps): ReactNode {
  if (isFiltered(params)) {
    return (
      <EmptyState
        title="No case matches these filters"
        icon="search"
        action={<Button onClick={onClear}>Clear the filters</Button>}
      />
    );
  }
  const { title, text } = params.queue === null || params.pile !== "open" ? sayings[params.pile] : emptyQueue;
  return (
    <EmptyState title={title} icon="queue">
      {text}
    </EmptyState>
  );
}
