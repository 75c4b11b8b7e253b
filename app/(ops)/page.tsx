import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";

export default function OverviewPage(): ReactNode {
  return (
    <>
      <PageHeader title="Overview" reading={null} />
      <PageBody>{null}</PageBody>
    </>
  );
}
