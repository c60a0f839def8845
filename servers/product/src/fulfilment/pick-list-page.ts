import { escapeHtml, type Reply } from '@florin/http';
import type { Purchase } from '../purchases/index.ts';
import type { PickLine, PickList } from './pick-list.ts';
import { labelOf, minuteOf, nameOf, warehousePage } from './warehouse-page.ts';

/** A pick list as an HTML page. It has nothing about the buyers. */
export function pickListPage({ at, categories, purchases, leftOut }: PickList): Reply {
  const head = `<dl><dt>Printed (UTC)</dt><dd>${minuteOf(at)}</dd><dt>Purchases</dt><dd>${purchases.length}</dd></dl>`;
  const tables = categories.map(({ name, lines }) => `<h2>${escapeHtml(name)}</h2>\n${tableOf(lines)}`);
  const lists = [listOf('Purchases', purchases), listOf('Left out, because they are not paid', leftOut)];
  return warehousePage('Pick list', [head, ...tables, ...lists].filter((part) => part !== '').join('\n'));
}

function tableOf(lines: readonly PickLine[]): string {
  return `<table><thead><tr><td></td><th scope="col">SKU</th><th scope="col">Product</th><th class="number" scope="col">Units</th><th class="number" scope="col">Purchases</th></tr></thead>
<tbody>
${lines.map(rowOf).join('\n')}
</tbody></table>`;
}

function rowOf(line: PickLine): string {
  const { sku = '', quantity, purchases } = line;
  return `<tr><td class="box"></td><td>${escapeHtml(sku)}</td><td>${nameOf(line)}</td><td class="number">${quantity}</td><td class="number">${purchases}</td></tr>`;
}

function listOf(title: string, purchases: readonly Purchase[]): string {
  if (purchases.length === 0) return '';
  return `<h2>${title}</h2>\n<ul>\n${purchases.map((purchase) => `<li>${labelOf(purchase)}</li>`).join('\n')}\n</ul>`;
}
