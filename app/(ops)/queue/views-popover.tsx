"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, type RefObject, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import { MenuPopover } from "./menu-popover.tsx";
import { viewAddress } from "./view-address.ts";
import { type View, ViewLine } from "./view-line.tsx";

type ViewsPopoverProps = { opener: RefObject<HTMLButtonElement | null>; onClose: () => void };

/** Views of the queue kept under a name: one's own and those shared with everyone. */
export function ViewsPopover(props: ViewsPopoverProps): ReactNode {
  return (
    <MenuPopover {...props} label="Saved views" className="w-80 p-3">
      <Views onDone={props.onClose} />
    </MenuPopover>
  );
}

function Views({ onDone }: { onDone: () => void }): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const canShare = useCan("case:manage");
  const [name, setName] = useState("");
  const { data: views, error } = useQuery(trpc.savedView.list.queryOptions());
  const renew = (): void => void queries.invalidateQueries(trpc.savedView.list.pathFilter());
  const refused = (refusal: { message: string }): void => void toast.error(refusal.message);
  const save = useMutation(
    trpc.savedView.save.mutationOptions({
      onSuccess: (view) => {
        toast(`Saved as ${view.name}.`);
        setName("");
        renew();
      },
      onError: refused,
    }),
  );
  const change = useMutation(trpc.savedView.change.mutationOptions({ onSuccess: renew, onError: refused }));
  const remove = useMutation(trpc.savedView.delete.mutationOptions({ onSuccess: renew, onError: refused }));
  const open = (view: View): void => {
    router.push(`/queue?${view.query}`);
    onDone();
  };
  return (
    <div className="space-y-3">
      {error !== null && <p className="text-decline">The views could not be loaded. {error.message}</p>}
      {views?.length === 0 && (
        <p className="text-muted">No view is saved yet. Set filters and order, then give them a name here.</p>
      )}
      {views !== undefined && views.length > 0 && (
        <ul className="max-h-72 overflow-y-auto">
          {views.map((view) => (
            <ViewLine
              key={view.id}
              view={view}
              canShare={canShare}
              onOpen={() => open(view)}
              onShare={() => change.mutate({ viewId: view.id, shared: !view.shared })}
              onDelete={() => remove.mutate({ viewId: view.id })}
            />
          ))}
        </ul>
      )}
      <form
        className="flex items-end gap-2 border-t border-line pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") save.mutate({ name, query: viewAddress(window.location.search) });
        }}
      >
        <Input
          label="Save what is shown as"
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          className="flex-1"
        />
        <Button type="submit" disabled={name.trim() === "" || save.isPending}>
          Save
        </Button>
      </form>
    </div>
  );
}
