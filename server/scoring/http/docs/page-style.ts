/** The page's look, in light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; --text: light-dark(#1b2130, #e4e8f0); --soft: light-dark(#566075, #a3adc0);
  --page: light-dark(#ffffff, #12151c); --panel: light-dark(#f5f7fa, #191d27); --line: light-dark(#dde2ea, #2d3443);
  --link: light-dark(#1d4fc4, #8fb4ff); --good: light-dark(#0c6b3d, #6fdca4); --bad: light-dark(#a3271c, #ff9e92);
  --warn: light-dark(#7a4b00, #f2c06b); }
* { box-sizing: border-box; }
body { font: 16px/1.6 system-ui, sans-serif; margin: 0; color: var(--text); background: var(--page); }
a { color: var(--link); } a:focus-visible, pre:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .84rem; }
.layout { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 80rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; height: 100vh; overflow: auto; padding: 1.75rem 1rem 2rem 1.25rem;
  border-right: 1px solid var(--line); font-size: .9rem; }
nav .name { font-weight: 650; font-size: 1.05rem; margin: 0 0 1rem; }
nav h2 { font-size: .74rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); margin: 1.4rem 0 .35rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: .22rem .5rem; border-radius: 6px; color: var(--text); text-decoration: none; }
nav li a:hover { background: var(--panel); text-decoration: underline; }
main { padding: 2rem 2.5rem 6rem; min-width: 0; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1.35rem; margin: 3.25rem 0 .5rem; } main > h2:target, h3:target { scroll-margin-top: 1rem; }
h3 { font-size: 1.12rem; margin: 0 0 .35rem; } h3 a { color: inherit; text-decoration: none; } h3 a:hover { text-decoration: underline; }
h4 { font-size: .92rem; margin: 1.5rem 0 .4rem; color: var(--soft); }
.schema h3 { margin-top: 2.5rem; }
.lead { font-size: 1.06rem; max-width: 46rem; } article p { max-width: 46rem; }
article { padding: 1.5rem 0 2rem; border-top: 1px solid var(--line); }
.address { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: .1rem 0 .75rem; } .address code { font-size: .95rem; }
.method { font: 650 .74rem/1 ui-monospace, monospace; padding: .32rem .5rem; border-radius: 5px; border: 1px solid currentColor; }
.method.post { color: var(--good); } .method.get { color: var(--link); }
.note { font-size: .82rem; color: var(--soft); }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .85rem 1rem; overflow: auto; margin: .5rem 0; line-height: 1.5; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .45rem 0; padding: 0 .9rem; }
details[open] { padding-bottom: .6rem; } summary { cursor: pointer; padding: .5rem 0; }
details p { margin: .4rem 0; font-size: .92rem; }
.status { font: 650 .88rem ui-monospace, monospace; margin-right: .4rem; } .s2 { color: var(--good); } .s4 { color: var(--warn); } .s5 { color: var(--bad); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .5rem .9rem .5rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 400; white-space: nowrap; } thead th { color: var(--soft); font-weight: 600; }
.needed { color: var(--bad); font-size: .78rem; } .optional { color: var(--soft); font-size: .78rem; }
td code { overflow-wrap: anywhere; }
@media (max-width: 52rem) { .layout { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav .schemas { display: none; } main { padding: 1.5rem 1.1rem 4rem; } }
@media print { nav { display: none; } .layout { display: block; } }
`;
