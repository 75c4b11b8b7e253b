import {
  ChangeViewInput,
  changeView,
  deleteView,
  listViews,
  SaveViewInput,
  saveView,
  ViewRef,
} from "#server/services/saved-view/index.ts";
import { permitted, router } from "../trpc.ts";

const read = permitted("case:read");

export const savedViewRouter = router({
  list: read.query(({ ctx }) => listViews(ctx)),
  save: read.input(SaveViewInput).mutation(({ ctx, input }) => saveView(ctx, input)),
  change: read.input(ChangeViewInput).mutation(({ ctx, input }) => changeView(ctx, input)),
  delete: read.input(ViewRef).mutation(({ ctx, input }) => deleteView(ctx, input)),
});
