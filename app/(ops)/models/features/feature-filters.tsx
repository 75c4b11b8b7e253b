"use client";
import { type ReactNode, useCallback } from "react";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import type { FeatureSetView } from "../types.ts";
import { type FeatureOrder, type FeaturesParams, featureOrders } from "./search-params.ts";
import { choicesOf } from "./words.ts";

type FeatureFiltersProps = {
  view: FeatureSetView;
  params: FeaturesParams;
  /** features left by the filters */
  shown: number;
  onChange: (changes: Partial<FeaturesParams>) => void;
};

const orderWords: Record<FeatureOrder, string> = {
  set: "By entity",
  importance: "Most important first",
  missing: "Most often missing first",
};

/** Search, filters and order of the list; all of it in the URL. */
export function FeatureFilters({ view, params, shown, onChange }: FeatureFiltersProps): ReactNode {
  const onSearch = useCallback((q: string) => onChange({ q: q === "" ? null : q }), [onChange]);
  const [text, setText] = useTypedText(params.q ?? "", onSearch);
  const isFiltered = params.q !== null || params.entity !== null || params.aggregate !== null;
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Input
        label="Search features"
        isLabelHidden
        type="search"
        data-search
        placeholder="Name or words"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="min-w-48 flex-1 basis-56 lg:max-w-96"
      />
      <FilterSelect
        label="Entity"
        any="Any entity"
        choices={choicesOf(view.features, "entity", "entityText")}
        value={params.entity}
        onChange={(entity) => onChange({ entity })}
        className="min-w-36 flex-1 sm:flex-none"
      />
      <FilterSelect
        label="Aggregate"
        any="Any aggregate"
        choices={choicesOf(view.features, "aggregate", "aggregateText")}
        value={params.aggregate}
        onChange={(aggregate) => onChange({ aggregate })}
        className="min-w-36 flex-1 sm:flex-none"
      />
      <Select
        label="Order"
        isLabelHidden
        options={featureOrders.map((value) => ({ value, label: orderWords[value] }))}
        value={params.order}
        onValueChange={(value) =>
          onChange({ order: featureOrders.find((order) => order === value) ?? "set" })
        }
        className="min-w-48 flex-1 sm:flex-none"
      />
      {isFiltered && (
        <Button look="quiet" onClick={() => onChange({ q: null, entity: null, aggregate: null })}>
          Clear
        </Button>
      )}
      <p aria-live="polite" className="text-muted">
        {isFiltered ? `${shown} of ${view.features.length} features` : `${shown} features`}
      </p>
    </search>
  );
}
