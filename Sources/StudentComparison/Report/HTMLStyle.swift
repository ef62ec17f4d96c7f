/// The style sheet of the HTML report; every colour is a variable with a light and a dark value.
let reportStyleSheet = """
  :root {
    color-scheme: light dark;
    --paper: #ffffff; --panel: #f5f6f8; --ink: #171a1f; --faint: #59616d; --line: #dcdfe5;
    --teacher: #3d4551; --direct: #b4500a; --distilled: #1c54c9;
    --confirmed: #17693a; --refuted: #b3261e; --undecided: #7a5b00;
    --boundary: #7fb3e6; --type: #f0a860; --both: #c98bd8; --missed: #8d97a5; --spurious: #e27c78;
    --type0: #d6e4ff; --type1: #ffe1c2; --type2: #d3f0d9; --type3: #f3d9f7;
    --type4: #fbe7a1; --type5: #cdeef0; --type6: #fbd5d8; --type7: #e2e4e8;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #13161a; --panel: #1b1f25; --ink: #e8ebef; --faint: #a0a8b4; --line: #333942;
      --teacher: #d5dae1; --direct: #f5a35c; --distilled: #8ab4ff;
      --confirmed: #6fd598; --refuted: #ff9a92; --undecided: #e5c158;
      --boundary: #4b87c4; --type: #bf7526; --both: #9557a8; --missed: #6d7785; --spurious: #bb4c49;
      --type0: #22407a; --type1: #6b3d10; --type2: #1d5330; --type3: #5b2d66;
      --type4: #5c4a0c; --type5: #17525a; --type6: #6f2730; --type7: #444b56;
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0; background: var(--paper); color: var(--ink);
    font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    -webkit-text-size-adjust: 100%;
  }
  main { max-width: 72rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; }
  .eyebrow {
    margin: 0 0 .5rem; color: var(--distilled); font-size: .8rem; font-weight: 650;
    letter-spacing: .08em; text-transform: uppercase;
  }
  h1 {
    font-size: clamp(1.45rem, 1.1rem + 1.6vw, 2.1rem); line-height: 1.2; letter-spacing: -.015em;
    margin: 0; max-width: 44rem; overflow-wrap: anywhere; text-wrap: balance;
  }
  h2 {
    font-size: 1.25rem; letter-spacing: -.01em; margin: 3.5rem 0 1rem; padding-top: 1rem;
    border-top: 1px solid var(--line);
  }
  h3 { font-size: .95rem; margin: 0 0 .5rem; }
  h4 { font-size: .8rem; margin: 0 0 .2rem; color: var(--faint); font-weight: 600; }
  .corpus { color: var(--faint); margin: .6rem 0 0; overflow-wrap: anywhere; }
  figure { margin: 0; min-width: 0; }
  figure + figure { margin-top: 1.75rem; }
  small { font-size: .8125rem; }
  .notes { color: var(--faint); font-size: .875rem; margin: .85rem 0 0; max-width: 52rem; }
  ul.notes { padding-left: 1.1rem; }
  .notes li + li { margin-top: .2rem; }
  .figures {
    display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .75rem;
    margin: 1.75rem 0 0;
  }
  .figures div {
    background: var(--panel); border: 1px solid var(--line); border-radius: 12px;
    padding: .85rem 1rem;
  }
  .figures dt { font-size: .8125rem; color: var(--faint); }
  .figures b {
    display: block; font-size: 1.65rem; line-height: 1.25; letter-spacing: -.02em;
    font-variant-numeric: tabular-nums;
  }
  .figures dd { line-height: 1.35; }
  .figures small { color: var(--faint); }
  .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; }
  .plot { background: var(--panel); padding: .5rem; }
  .plot svg { min-width: 38rem; max-width: 58rem; margin: 0 auto; }
  :focus-visible { outline: 2px solid var(--distilled); outline-offset: 2px; }
  svg { display: block; width: 100%; height: auto; }
  svg text { font-size: 13px; fill: var(--ink); }
  svg .axis { fill: var(--faint); }
  svg .label { paint-order: stroke; stroke: var(--panel); stroke-width: 4px; stroke-linejoin: round; }
  svg path { fill: none; stroke-width: 1; }
  svg .grid { stroke: var(--line); }
  svg .leader { stroke: var(--faint); }
  svg .bar { stroke-width: 1.5; opacity: .55; }
  svg .front { stroke: var(--faint); stroke-width: 1.5; stroke-dasharray: 5 4; }
  svg .diagonal { stroke: var(--faint); stroke-dasharray: 4 4; }
  svg .curve { stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
  svg .teacher { stroke: var(--teacher); }
  svg .direct { stroke: var(--direct); }
  svg .distilled { stroke: var(--distilled); }
  svg .marker { stroke-width: 2; }
  svg .marker.teacher { fill: var(--teacher); }
  svg .marker.direct { fill: var(--panel); }
  svg .marker.distilled { fill: var(--distilled); }
  svg .dot { fill: var(--panel); stroke-width: 2; }
  .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .75rem; }
  .panel {
    margin: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 12px;
    padding: .7rem .75rem .4rem; display: flex; flex-direction: column;
  }
  .panel svg { margin-top: auto; }
  .panel + .panel { margin: 0; }
  .panel figcaption { display: flex; flex-wrap: wrap; gap: 0 .5rem; margin-bottom: .35rem; font-size: .875rem; }
  .panel figcaption small { color: var(--faint); flex-basis: 100%; }
  .panel svg text { font-size: 11.5px; }
  .name { font-weight: 550; overflow-wrap: anywhere; }
  .panel .name, .bars .name, th .name {
    display: inline-block; max-width: 16rem; overflow: hidden; text-overflow: ellipsis;
    white-space: nowrap; vertical-align: bottom;
  }
  .training { font-size: .8125rem; font-weight: 400; }
  .training.direct { color: var(--direct); }
  .training.distilled { color: var(--distilled); }
  table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .85rem; }
  th, td { padding: .5rem .6rem; text-align: left; white-space: nowrap; }
  thead th { color: var(--faint); font-weight: 600; vertical-align: bottom; white-space: normal; }
  tbody th, tbody td { border-top: 1px solid var(--line); }
  tbody tr:hover > * { background: var(--panel); }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
  th:first-child { position: sticky; left: 0; background: var(--paper); }
  tbody th { font-weight: 500; }
  .strong th, .strong td, .strong .name { font-weight: 700; }
  .bars th, .bars td { background: none; border: 0; padding: .3rem .5rem; position: static; }
  .bars th { width: 1%; text-align: right; }
  .bars th small { color: var(--faint); font-weight: 400; }
  .bars tbody tr:hover > * { background: none; }
  .bars .bar { display: flex; align-items: center; gap: .45rem; font-size: .75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
  .bars i { display: block; height: .6rem; border-radius: 0 4px 4px 0; background: currentColor; }
  .bars .teacher i { color: var(--teacher); }
  .bars .direct i { color: var(--direct); }
  .bars .distilled i { color: var(--distilled); }
  details { margin-top: .85rem; }
  summary { cursor: pointer; color: var(--distilled); font-size: .9rem; padding: .2rem 0; }
  details > .scroll { margin-top: .5rem; }
  .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: 0 0 .75rem; font-size: .85rem; }
  .swatch { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-right: .4rem; vertical-align: -.05rem; }
  .stack { display: flex; width: 20rem; max-width: 50vw; height: 1rem; gap: 1px; }
  .stack i { display: block; }
  .stack i:first-child { border-radius: 4px 0 0 4px; }
  .stack i:last-child { border-radius: 0 4px 4px 0; }
  i.boundary { background: var(--boundary); }
  i.type { background: var(--type); }
  i.boundary_and_type { background: var(--both); }
  i.missed { background: var(--missed); }
  i.spurious { background: var(--spurious); }
  .claims { list-style: none; margin: 0; padding: 0; }
  .claims li { display: flex; gap: .85rem; align-items: baseline; padding: .6rem 0; overflow-wrap: anywhere; }
  .claims li + li { border-top: 1px solid var(--line); }
  .claims small { display: block; color: var(--faint); font-size: .875rem; }
  .verdict {
    flex: none; width: 6.2rem; text-align: center; font-size: .8rem; font-weight: 600;
    border: 1px solid; border-radius: 999px; padding: 0 .5rem;
  }
  .confirmed { color: var(--confirmed); }
  .refuted { color: var(--refuted); }
  .undecided { color: var(--undecided); }
  .example {
    background: var(--panel); border: 1px solid var(--line); border-radius: 12px;
    padding: .85rem 1rem;
  }
  .example + .example { margin-top: .75rem; }
  .example h3 { font-weight: 600; }
  .readings { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem 1.5rem; }
  .readings p { margin: 0; font-size: .9rem; line-height: 1.9; overflow-wrap: anywhere; }
  .right { color: var(--confirmed); }
  .wrong { color: var(--refuted); }
  mark {
    color: inherit; border-radius: 5px; padding: .12rem .3rem; box-decoration-break: clone;
    -webkit-box-decoration-break: clone;
  }
  mark small { font-size: .6875rem; font-weight: 650; letter-spacing: .03em; }
  mark.false { outline: 1.5px dashed var(--refuted); outline-offset: -1px; }
  .type0 { background: var(--type0); } .type1 { background: var(--type1); }
  .type2 { background: var(--type2); } .type3 { background: var(--type3); }
  .type4 { background: var(--type4); } .type5 { background: var(--type5); }
  .type6 { background: var(--type6); } .type7 { background: var(--type7); }
  section > dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 0; }
  dt { color: var(--faint); }
  dd { margin: 0; overflow-wrap: anywhere; }
  pre {
    background: var(--panel); border: 1px solid var(--line); border-radius: 12px; margin: 1rem 0 0;
    padding: .85rem 1rem; overflow-x: auto; font-size: .85rem;
  }
  @media (max-width: 46rem) {
    main { padding: 1.75rem .9rem 3rem; }
    h2 { margin-top: 2.5rem; }
    .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .6rem; }
    .figures div { padding: .65rem .8rem; }
    .figures b { font-size: 1.3rem; }
    .readings { grid-template-columns: 1fr; gap: .7rem; }
    .panels { grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); }
    .panel svg text { font-size: 15px; }
    .panel .name, .bars .name, th .name { max-width: 9rem; }
    .stack { width: 10rem; }
    section > dl { grid-template-columns: 1fr; gap: 0; }
    section > dl dd { margin-bottom: .5rem; }
    .claims li { flex-direction: column; gap: .25rem; }
  }
  @media print {
    .scroll { overflow: visible; border: 0; }
    .example, .panel, figure { break-inside: avoid; }
  }
  """
