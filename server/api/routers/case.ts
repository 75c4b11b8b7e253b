import { z } from "zod";
import {
  AddNoteInput,
  addNote,
  CaseRef,
  CloseCaseInput,
  claimCase,
  closeCase,
  countCases,
  getCase,
  ListCasesInput,
  listCases,
  nextCase,
  peekNextCase,
  QueueFilter,
  ReopenCaseInput,
  releaseCase,
  reopenCase,
  SnoozeCaseInput,
  snoozeCase,
} from "#server/services/case/index.ts";
import { permitted, router } from "../trpc.ts";

const IsoDate = z.iso.datetime().transform((text) => new Date(text));

const read = permitted("case:read");
const work = permitted("case:work");

export const caseRouter = router({
  list: read.input(ListCasesInput).query(({ ctx, input }) => listCases(ctx, input)),
  counts: read.input(QueueFilter).query(({ ctx, input }) => countCases(ctx, input)),
  byId: read.input(CaseRef).query(({ ctx, input }) => getCase(ctx, input)),
  peekNext: work.query(({ ctx }) => peekNextCase(ctx)),
  next: work.mutation(({ ctx }) => nextCase(ctx)),
  claim: work.input(CaseRef).mutation(({ ctx, input }) => claimCase(ctx, input)),
  release: work.input(CaseRef).mutation(({ ctx, input }) => releaseCase(ctx, input)),
  close: work.input(CloseCaseInput).mutation(({ ctx, input }) => closeCase(ctx, input)),
  reopen: work.input(ReopenCaseInput).mutation(({ ctx, input }) => reopenCase(ctx, input)),
  addNote: work.input(AddNoteInput).mutation(({ ctx, input }) => addNote(ctx, input)),
  snooze: work
    .input(SnoozeCaseInput.extend({ until: IsoDate }))
    .mutation(({ ctx, input }) => snoozeCase(ctx, input)),
});
