const known: readonly string[] = ['packed', 'handed-over', 'in-transit', 'out-for-delivery', 'failed', 'delivered', 'returned'];

/** The id of the text that says where a parcel is. The set of its statuses is open. */
export function parcelText(status: string): string {
  return `orders.parcel.${known.includes(status) ? status : 'other'}`;
}

/** The page that follows the parcel, if the carrier gave its address as the tracking code. */
export function trackingUrl(trackingCode: string | undefined): string | undefined {
  return trackingCode !== undefined && /^https:\/\/[^\s]+$/.test(trackingCode) ? trackingCode : undefined;
}
