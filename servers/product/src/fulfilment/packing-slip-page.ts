import type { PurchaseItem } from '@florin/events';
import { escapeHtml, type Reply } from '@florin/http';
import type { Address } from '../delivery/index.ts';
import type { Purchase } from '../purchases/index.ts';
import { labelOf, minuteOf, nameOf, warehousePage } from './warehouse-page.ts';

/** A packing slip as an HTML page: where a purchase goes and what is in the parcel, without prices. */
export function packingSlipPage(purchase: Purchase, address: Address | undefined): Reply {
  const facts = [
    ['Purchase', labelOf(purchase)],
    ['Requested (UTC)', minuteOf(new Date(purchase.createdAt))],
    ...(purchase.delivery === undefined ? [] : [['Delivery', escapeHtml(purchase.delivery.name)]]),
  ];
  const list = facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
  return warehousePage('Packing slip', `${addressOf(address)}\n<dl>${list}</dl>\n${tableOf(purchase.items)}`);
}

function addressOf(address: Address | undefined): string {
  if (address === undefined) return '<p>No address</p>';
  const { name, line1, line2, postalCode, city, region, country, phone } = address;
  const lines = [name, line1, line2, `${postalCode} ${city}`, region, countryNames.of(country) ?? country, phone];
  return `<address>${lines.flatMap((line) => (line === undefined ? [] : [escapeHtml(line)])).join('\n')}</address>`;
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

function tableOf(items: readonly PurchaseItem[]): string {
  const rows = items.map((item) => {
    const { sku = '', quantity } = item;
    return `<tr><td class="box"></td><td>${escapeHtml(sku)}</td><td>${nameOf(item)}</td><td class="number">${quantity}</td></tr>`;
  });
  return `<table><thead><tr><td></td><th scope="col">SKU</th><th scope="col">Product</th><th class="number" scope="col">Units</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`;
}
