/** The methods of each address, to tell a wrong method from a wrong address. */
export class RouteTable {
  readonly #routes: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];

  /** Adds a route; parameters are written `:name`. */
  add(method: string | readonly string[], url: string): void {
    const source = url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/:[A-Za-z]+/g, "[^/]+");
    const pattern = new RegExp(`^${source}$`);
    const methods = typeof method === "string" ? [method] : method;
    const same = this.#routes.find((route) => route.pattern.source === pattern.source);
    if (same === undefined) this.#routes.push({ pattern, methods: new Set(methods) });
    else for (const one of methods) same.methods.add(one);
  }

  /** Methods of the address, query left out; empty when there is no such address. */
  methodsOf(url: string): string[] {
    const path = url.replace(/[?#].*$/s, "");
    const route = this.#routes.find(({ pattern }) => pattern.test(path));
    return route === undefined ? [] : [...route.methods];
  }
}
