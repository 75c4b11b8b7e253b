export { listViews } from "./list-views.ts";
export {
  ChangeViewInput,
  changeView,
  deleteView,
  SaveViewInput,
  saveView,
  ViewRef,
} from "./save-view.ts";
