"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { base64Of, bytesOf, fileSize, saveAs } from "./file-content.ts";
import type { CaseDetail } from "./words.ts";

const MAX_BYTES = 5 * 1024 * 1024;

/** Files kept with the case; added by the button or dropped anywhere on this part. */
export function Files({ detail }: { detail: CaseDetail }): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const canWork = useCan("case:work");
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const { id: caseId } = detail;
  const { data: files = [] } = useQuery(trpc.case.files.queryOptions({ caseId }));
  const add = useMutation(
    trpc.case.addFile.mutationOptions({
      onSuccess: (file) => {
        toast(`${file.name} is kept with the case.`);
        void queries.invalidateQueries(trpc.case.files.queryFilter({ caseId }));
        void queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId }));
      },
      onError: (error, { name }) =>
        toast.error(`${name} was not added. ${error.message}`, { duration: 15_000 }),
    }),
  );
  const addAll = async (chosen: readonly File[]): Promise<void> => {
    for (const file of chosen) {
      if (file.size > MAX_BYTES) toast.error(`${file.name} was not added: a file has at most 5 MiB.`);
      else
        add.mutate({ caseId, name: file.name, base64: base64Of(new Uint8Array(await file.arrayBuffer())) });
    }
  };
  const onDrag = (event: DragEvent): void => {
    if (!canWork || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(event.type !== "dragleave");
  };
  return (
    <section
      aria-label="Files"
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (canWork) void addAll([...event.dataTransfer.files]);
      }}
      className={classNames("rounded-md", isOver && "bg-accent-soft outline-2 outline-accent outline-dashed")}
    >
      <div className="flex items-center gap-2">
        <span className="text-xs text-muted">Files</span>
        {canWork && (
          <Button look="quiet" size="small" disabled={add.isPending} onClick={() => picker.current?.click()}>
            {add.isPending ? "Adding…" : "Add, or drop here"}
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Add files"
          accept=".pdf,.png,.jpg,.jpeg,.txt,.csv,.eml"
          onChange={(event) => {
            void addAll([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </div>
      {files.length > 0 && (
        <ul>
          {files.map((file) => (
            <FileLine key={file.id} caseId={caseId} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

type FileLineProps = {
  caseId: string;
  file: {
    id: string;
    name: string;
    contentType: string;
    sizeBytes: number;
    sha256: string;
    uploadedBy: { name: string };
  };
};

function FileLine({ caseId, file }: FileLineProps): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const open = async (): Promise<void> => {
    try {
      const { base64, name, contentType } = await queries.fetchQuery(
        trpc.case.file.queryOptions({ caseId, fileId: file.id }, { gcTime: 0 }),
      );
      saveAs(name, new Blob([bytesOf(base64)], { type: contentType }));
    } catch (error) {
      toast.error(`${file.name} could not be opened. ${error instanceof Error ? error.message : ""}`);
    }
  };
  return (
    <li className="flex items-baseline justify-between gap-3 border-t border-line py-1">
      <button
        type="button"
        title={`SHA-256 ${file.sha256}`}
        onClick={() => void open()}
        className="min-w-0 truncate text-accent hover:underline"
      >
        <span className="sr-only">Download </span>
        {file.name}
      </button>
      <span className="text-xs whitespace-nowrap text-muted">
        {fileSize(file.sizeBytes)} · {file.uploadedBy.name}
      </span>
    </li>
  );
}
