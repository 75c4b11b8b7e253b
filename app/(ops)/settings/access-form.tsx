"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Select } from "#app/ui/field.tsx";
import { Role, roles } from "#server/domain/permission.ts";
import type { Person } from "./people-list.ts";

/** The role of a user, and locking them out or letting them in again: for admins. */
export function AccessForm({ person, role }: { person: Person; role: Role }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [wanted, setWanted] = useState<Role>(role);
  const [isAsking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries(trpc.user.pathFilter());
  const change = useMutation(
    trpc.user.changeRole.mutationOptions({
      onSuccess: () => toast(`${person.name} signs in anew, as ${wanted.replace("_", " ")}.`),
      onSettled: refresh,
    }),
  );
  const disable = useMutation(
    trpc.user.disable.mutationOptions({
      onSuccess: () => toast(`${person.name} is locked out.`),
      onSettled: () => {
        setAsking(false);
        return refresh();
      },
    }),
  );
  const enable = useMutation(
    trpc.user.enable.mutationOptions({
      onSuccess: () => toast(`${person.name} can sign in again.`),
      onSettled: refresh,
    }),
  );
  const error = change.error ?? disable.error ?? enable.error;
  return (
    <section className="space-y-3" aria-label="Access">
      <h3 className="font-semibold">Access</h3>
      <div className="flex items-end gap-2">
        <Select
          label="Role"
          className="flex-1"
          options={roles.map((each) => ({ value: each, label: each.replace("_", " ") }))}
          value={wanted}
          onValueChange={(value) => setWanted(Role.parse(value))}
        />
        <Button
          disabled={wanted === role || change.isPending}
          onClick={() => change.mutate({ userId: person.id, role: wanted })}
        >
          Change the role
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="text-decline">
          {error.message}
        </p>
      )}
      {person.disabledAt === null ? (
        <Button onClick={() => setAsking(true)}>Disable</Button>
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-muted">Disabled: they cannot sign in.</p>
          <Button disabled={enable.isPending} onClick={() => enable.mutate({ userId: person.id })}>
            Enable again
          </Button>
        </div>
      )}
      <Dialog open={isAsking} onOpenChange={setAsking} title={`Disable ${person.name}?`}>
        <p>They are signed out at once and cannot sign in. What they did stays as it is.</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep them</Button>
          <Button
            look="danger"
            disabled={disable.isPending}
            onClick={() => disable.mutate({ userId: person.id })}
          >
            Disable
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
