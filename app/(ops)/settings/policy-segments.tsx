"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import { channels } from "#server/domain/transaction.ts";
import type { SegmentDraft } from "./policy-draft.ts";
import { PolicyFigures } from "./policy-figures.tsx";
import type { PolicyFormPart } from "./policy-form.tsx";
import { channelWords } from "./policy-words.ts";

const channelOptions = [
  { value: "", label: "any channel" },
  ...channels.map((value) => ({ value, label: channelWords[value] ?? value })),
];

/** Figures of their own for payments of a currency, a channel, or one of each. */
export function PolicySegments({ draft, errors, onChange }: PolicyFormPart): ReactNode {
  const { segments } = draft;
  const change = (key: number, next: Partial<SegmentDraft>): void =>
    onChange({ ...draft, segments: segments.map((one) => (one.key === key ? { ...one, ...next } : one)) });
  const add = (): void => {
    const key = Math.max(-1, ...segments.map((one) => one.key)) + 1;
    onChange({
      ...draft,
      segments: [...segments, { key, currency: "", channel: "", figures: draft.figures }],
    });
  };
  return (
    <fieldset className="space-y-3 rounded-md border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">Figures of their own</legend>
      <p className="text-xs text-muted">
        A payment is judged by the closest segment: its currency and channel, else its currency, else its
        channel, else the figures above. Money of a segment with a currency is in that currency.
      </p>
      {segments.map((segment, at) => (
        <fieldset key={segment.key} className="space-y-3 border-t border-line pt-3">
          <legend className="sr-only">Segment {at + 1}</legend>
          <div className="flex flex-wrap items-start gap-3">
            <Input
              label="Currency"
              placeholder="any"
              maxLength={3}
              className="w-24"
              value={segment.currency}
              error={errors[`segments.${segment.key}.currency`]}
              onChange={(event) => change(segment.key, { currency: event.target.value })}
            />
            <Select
              label="Channel"
              className="w-40"
              options={channelOptions}
              value={segment.channel}
              onValueChange={(channel) => change(segment.key, { channel })}
            />
            <Button
              look="quiet"
              className="mt-5"
              aria-label={`Remove segment ${at + 1}`}
              onClick={() => onChange({ ...draft, segments: segments.filter((one) => one !== segment) })}
            >
              Remove
            </Button>
          </div>
          <PolicyFigures
            figures={segment.figures}
            path={`segments.${segment.key}`}
            errors={errors}
            onChange={(figures) => change(segment.key, { figures })}
          />
        </fieldset>
      ))}
      <Button size="small" onClick={add}>
        Add a segment
      </Button>
    </fieldset>
  );
}
