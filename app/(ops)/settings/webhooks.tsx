"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { ShownSecret } from "./shown-secret.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { kindWords, type WebhookEndpoint } from "./webhook-words.ts";

/** Where events are sent, and what was sent lately. */
export function Webhooks(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.webhook.list.queryOptions());
  const [isAdding, setAdding] = useState(false);
  const active = (data ?? []).filter(({ disabledAt }) => disabledAt === null).length;
  return (
    <div className="space-y-4">
      <Card
        padded={false}
        title={data === undefined ? "Endpoints" : `${plural(active, "endpoint")} in use`}
        actions={
          <Button size="small" onClick={() => setAdding(true)}>
            Add an endpoint
          </Button>
        }
      >
        {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <SkeletonRows rows={3} />}
        {data?.length === 0 && (
          <EmptyState title="No endpoint yet">
            Add the address of a system that should hear of decisions, cases, labels and models, or of a chat
            or mailbox that should hear of alerts.
          </EmptyState>
        )}
        <ul aria-label="Endpoints">
          {data?.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
        <WebhookForm isOpen={isAdding} onClose={() => setAdding(false)} />
      </Card>
      {data !== undefined && data.length > 0 && <WebhookDeliveries />}
    </div>
  );
}

function EndpointRow({ endpoint }: { endpoint: WebhookEndpoint }): ReactNode {
  const { kind, target, description, eventTypes, disabledAt, disabledBecause, failingSince } = endpoint;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 font-medium break-all">{target}</span>
          <Badge>{kindWords[kind]}</Badge>
          {disabledAt !== null && <Badge shape="–">Off</Badge>}
          {disabledAt === null && failingSince !== null && (
            <Badge tone="decline" shape="●">
              Failing
            </Badge>
          )}
        </div>
        <p className="text-muted">
          {[description, eventTypes.join(", ")].filter((part) => part !== "").join(": ")}
        </p>
        {disabledBecause !== null && <p className="text-muted">Switched off: {disabledBecause}</p>}
      </div>
      <EndpointActions endpoint={endpoint} />
    </li>
  );
}

function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = {
    onError: (error: { message: string }): void => void toast.error(error.message),
    onSettled: (): Promise<void> => queryClient.invalidateQueries(trpc.webhook.pathFilter()),
  };
  const change = useMutation(trpc.webhook.change.mutationOptions(options));
  const rotate = useMutation(trpc.webhook.rotateSecret.mutationOptions(options));
  const { id: endpointId, version, kind, target, disabledAt } = endpoint;
  const isActive = disabledAt === null;
  const word = isActive ? "Switch off" : "Switch on";
  return (
    <div className="flex gap-1">
      {kind === "webhook" && isActive && (
        <Button
          look="quiet"
          size="small"
          aria-label={`New secret for ${target}`}
          disabled={rotate.isPending}
          onClick={() => rotate.mutate({ endpointId, version })}
        >
          New secret
        </Button>
      )}
      <Button
        look="quiet"
        size="small"
        aria-label={`${word} ${target}`}
        disabled={change.isPending}
        onClick={() => change.mutate({ endpointId, version, active: !isActive })}
      >
        {word}
      </Button>
      <Dialog
        open={rotate.data !== undefined}
        onOpenChange={() => rotate.reset()}
        title="Copy the new secret now"
      >
        <p className="mb-4">The one before signs as well for a day, so that the receiver can change over.</p>
        <ShownSecret secret={rotate.data?.secret ?? ""} onDone={() => rotate.reset()} />
      </Dialog>
    </div>
  );
}
