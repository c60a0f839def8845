import { Money } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './product.module.css';
import { savingPercent } from './saving.ts';
import { useShop } from './use-shop.ts';

type Props = {
  sold: { priceMinor: number; compareAtPriceMinor: number | null };
  currency: string;
  /** null: the rate of the shop. */
  taxRatePercent: number | null;
};

/** The price of what is chosen, the former price, and the tax that the price includes. */
export function ProductPrice({ sold, currency, taxRatePercent }: Props) {
  const intl = useIntl();
  const { data: shop } = useShop();
  const rate = taxRatePercent ?? shop?.taxRatePercent;
  const saving = savingPercent(sold);
  const percent = (value: number) => intl.formatNumber(value / 100, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <div aria-live="polite" className={css['prices']}>
      <p className={css['price']}>
        <Money minor={sold.priceMinor} currency={currency} />
        {sold.compareAtPriceMinor !== null && (
          <>
            <span className={css['hidden']}>{intl.formatMessage({ id: 'catalogue.card.formerPrice' })}</span>
            <s>
              <Money minor={sold.compareAtPriceMinor} currency={currency} />
            </s>
          </>
        )}
        {saving !== undefined && (
          <span className={css['saving']}>
            {intl.formatMessage({ id: 'catalogue.card.saving' }, { percent: percent(saving) })}
          </span>
        )}
      </p>
      <p className={css['tax']}>
        {rate === 0 && intl.formatMessage({ id: 'catalogue.product.taxNone' })}
        {rate !== undefined && rate > 0 && intl.formatMessage({ id: 'catalogue.product.tax' }, { rate: percent(rate) })}
      </p>
    </div>
  );
}
