"use client";
import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { PolicyVersion } from "./types.ts";

const statusWords: Readonly<
  Record<PolicyVersion["status"], { label: string; shape: string; tone: "accent" | "neutral" | "approve" }>
> = {
  draft: { label: "draft", shape: "◌", tone: "accent" },
  active: { label: "in force", shape: "●", tone: "approve" },
  retired: { label: "retired", shape: "○", tone: "neutral" },
};

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

type PolicyVersionsProps = {
  versions: readonly PolicyVersion[];
  canWrite: boolean;
  onOpen: (id: string) => void;
  onReturn: (id: string) => void;
};

/** Drafts, the version in force and those before it, newest first. */
export function PolicyVersions({ versions, canWrite, onOpen, onReturn }: PolicyVersionsProps): ReactNode {
  return (
    <Card title="Versions" padded={false}>
      <section aria-label="Policy versions" {...reachable} className="relative overflow-x-auto">
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-b border-line text-left text-xs text-muted">
              {["Version", "Name", "State", "Decides by", "Since", ""].map((name) => (
                <th
                  key={name || "actions"}
                  scope="col"
                  className={classNames(
                    "h-8 px-3 font-medium whitespace-nowrap",
                    name === "Decides by" && "max-sm:hidden",
                  )}
                >
                  {name === "" ? <span className="sr-only">Actions</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id} className="border-b border-line last:border-0">
                <th scope="row" className="px-3 py-1.5 text-left font-medium">
                  {version.number}
                </th>
                <td className="px-3">{version.policy.name}</td>
                <td className="px-3">
                  <Badge tone={statusWords[version.status].tone} shape={statusWords[version.status].shape}>
                    {statusWords[version.status].label}
                  </Badge>
                </td>
                <td className="px-3 whitespace-nowrap max-sm:hidden">
                  {version.policy.mode === "cost" ? "least expected cost" : "fixed thresholds"}
                </td>
                <td className="px-3 whitespace-nowrap text-muted">
                  <RelativeTime time={version.activatedAt ?? version.createdAt} />
                </td>
                <td className="px-3 text-right whitespace-nowrap">
                  {version.status === "draft" && (
                    <Button size="small" onClick={() => onOpen(version.id)}>
                      {canWrite ? "Edit or compare" : "Look at it"}
                    </Button>
                  )}
                  {version.status === "retired" && canWrite && (
                    <Button size="small" look="quiet" onClick={() => onReturn(version.id)}>
                      Return to this…
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
