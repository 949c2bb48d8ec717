// What the page of an invoice adds to the looks of every printed page.
#pragma once

namespace kkr::financing::einvoice {

inline constexpr char kInvoiceStyle[] = R"css(
body { max-width: 54rem; }
.parties { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
  gap: 1rem 2rem; margin: 1.5rem 0; }
.parties h2, .pay h2 { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase;
  color: var(--quiet); border: 0; margin: 0 0 .25rem; padding: 0; }
.parties p { margin: 0; }
.parties .name { font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr));
  gap: .25rem 2rem; margin: 1rem 0 1.5rem; padding: .75rem 0;
  border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.facts div { display: flex; gap: .75rem; }
.facts dt { flex: 0 0 8.5rem; font-weight: 400; color: var(--quiet); margin: 0; }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
td:last-child, th:last-child { padding-right: 0; }
td .more { display: block; color: var(--quiet); }
tr.sum td { border-bottom: 0; padding-top: .2rem; padding-bottom: .2rem; }
tr.due td { border-top: 2px solid var(--ink); border-bottom: 0; font-size: 1.15rem;
  font-weight: 600; padding-top: .5rem; }
.pay { border: 1px solid var(--line); border-left: 4px solid var(--mark); padding: .75rem 1rem;
  margin: 1.5rem 0; }
.pay .facts { border: 0; margin: 0; padding: 0; }
@media (max-width: 40rem) {
  table { font-size: .8rem; }
  th, td { padding-right: .4rem; }
  td:last-child, th:last-child { padding-right: 0; }
  th.price, td.price { display: none; }
  .facts dt { flex-basis: 7rem; }
}
@media print {
  .parties { grid-template-columns: 1fr 1fr; }
  .facts { grid-template-columns: 1fr 1fr; }
  .pay, tr.sum, tr.due { break-inside: avoid; }
}
)css";

}  // namespace kkr::financing::einvoice
