// How pages that people print look: on a screen of any width, and on A4.
#pragma once

namespace kkr::platform {

inline constexpr char kPageStyle[] = R"css(
:root { --ink: #1a1a1a; --quiet: #5c5c5c; --line: #c9c9c9; --band: #f3f5f7; --mark: #0059b3; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; color: var(--ink);
  font: 1rem/1.5 "IBM Plex Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: .75rem;
  border-top: 2px solid var(--mark); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; color: var(--mark); }
p { margin: .25rem 0 .75rem; max-width: 44rem; }
.quiet { color: var(--quiet); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.note { border-left: 4px solid var(--mark); background: var(--band); padding: .5rem .75rem;
  margin: .75rem 0; max-width: 44rem; }
.note strong { display: block; }
.alert { border-left-color: #b35900; background: #fff4e5; }
.tally { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 1rem 0; list-style: none; }
.tally li { flex: 1 1 7rem; border: 1px solid var(--line); border-radius: 4px;
  padding: .5rem .75rem; }
.tally b { display: block; font-size: 1.5rem; line-height: 1.2; }
.wide { overflow-x: auto; }
.wide table { min-width: 46rem; }
td.date { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { border-bottom: 2px solid var(--ink); white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.missing { color: #a11; font-weight: 600; }
td.group { background: var(--band); font-weight: 600; padding-left: .4rem; }
.bar { display: block; height: .75rem; min-width: 1px; background: var(--mark); }
td.bars { width: 40%; vertical-align: middle; }
dl { margin: 0; }
dt { font-weight: 600; margin-top: .75rem; break-after: avoid; }
dd { margin: 0 0 .5rem; max-width: 44rem; }
@media (max-width: 40rem) {
  body { padding: 1rem; }
  h1 { font-size: 1.4rem; }
  .tally li { flex-basis: 40%; }
}
@page { size: A4; margin: 18mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, section > p { break-after: avoid; }
  thead { display: table-header-group; }
  tr, .note, .tally li { break-inside: avoid; }
  .wide { overflow: visible; }
  .wide table { min-width: 0; }
  th { white-space: normal; }
  .bar, td.group, .note { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace kkr::platform
