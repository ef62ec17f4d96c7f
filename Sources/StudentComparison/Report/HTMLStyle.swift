/// The style sheet of the HTML report; every colour is a variable with a light and a dark value.
let reportStyleSheet = """
  :root {
    --paper: #ffffff; --panel: #f6f7f9; --ink: #1a1d21; --faint: #5c6470; --line: #d9dde3;
    --teacher: #3d4551; --direct: #b4500a; --distilled: #1c54c9;
    --confirmed: #17693a; --refuted: #b3261e; --undecided: #7a5b00;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #14171b; --panel: #1d2127; --ink: #e7eaee; --faint: #9aa3af; --line: #343a43;
      --teacher: #d5dae1; --direct: #f5a35c; --distilled: #8ab4ff;
      --confirmed: #6fd598; --refuted: #ff9a92; --undecided: #e5c158;
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0; background: var(--paper); color: var(--ink);
    font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  }
  main { max-width: 70rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
  h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
  h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
  .corpus { color: var(--faint); margin: .35rem 0 0; overflow-wrap: anywhere; }
  .summary { font-size: 1.15rem; max-width: 44rem; margin: 1.25rem 0 0; }
  figure { margin: 0; }
  figcaption, .notes { color: var(--faint); font-size: .875rem; margin: .6rem 0 0; }
  ul.notes { padding-left: 1.1rem; }
  .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
  figure .scroll { background: var(--panel); padding: .5rem; }
  svg { display: block; width: 100%; min-width: 40rem; height: auto; }
  svg text { font-size: 13px; fill: var(--ink); }
  svg .axis { fill: var(--faint); }
  svg .label { paint-order: stroke; stroke: var(--panel); stroke-width: 4px; stroke-linejoin: round; }
  svg path { fill: none; stroke-width: 1; }
  svg .grid { stroke: var(--line); }
  svg .leader { stroke: var(--faint); }
  svg .bar { stroke-width: 1.5; opacity: .65; }
  svg .teacher { stroke: var(--teacher); }
  svg .direct { stroke: var(--direct); }
  svg .distilled { stroke: var(--distilled); }
  svg .marker { stroke-width: 2; }
  svg .marker.teacher { fill: var(--teacher); }
  svg .marker.direct { fill: var(--panel); }
  svg .marker.distilled { fill: var(--distilled); }
  table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .85rem; }
  th, td { padding: .45rem .55rem; text-align: left; white-space: nowrap; }
  thead th { color: var(--faint); font-weight: 600; vertical-align: bottom; white-space: normal; }
  tbody th, tbody td { border-top: 1px solid var(--line); }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
  th:first-child { position: sticky; left: 0; background: var(--paper); }
  tbody th { font-weight: 500; }
  .strong th, .strong td { font-weight: 700; }
  .claims { list-style: none; margin: 0; padding: 0; }
  .claims li { display: flex; gap: .75rem; align-items: baseline; padding: .5rem 0; }
  .claims li + li { border-top: 1px solid var(--line); }
  .claims small { display: block; color: var(--faint); font-size: .875rem; }
  .verdict {
    flex: none; width: 6.2rem; text-align: center; font-size: .8rem; font-weight: 600;
    border: 1px solid; border-radius: 999px; padding: 0 .5rem;
  }
  .confirmed { color: var(--confirmed); }
  .refuted { color: var(--refuted); }
  .undecided { color: var(--undecided); }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0; }
  dt { color: var(--faint); }
  dd { margin: 0; overflow-wrap: anywhere; }
  pre {
    background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
    padding: .75rem 1rem; overflow-x: auto; font-size: .85rem;
  }
  @media (max-width: 34rem) {
    main { padding: 1.25rem .85rem 3rem; }
    h1 { font-size: 1.4rem; }
    dl { grid-template-columns: 1fr; gap: 0; }
    dd { margin-bottom: .5rem; }
    .claims li { flex-direction: column; gap: .2rem; }
  }
  @media print { .scroll { overflow: visible; border: 0; } }
  """
