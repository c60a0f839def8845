import { useIntl } from 'react-intl';
import css from './card.module.css';
import { stockLevel } from './stock-level.ts';

/** The stock in words. */
export function Stock({ stock }: { stock: number }) {
  const intl = useIntl();
  const level = stockLevel(stock);
  return <p className={`${css['stock']} ${css[level]}`}>{intl.formatMessage({ id: `catalogue.stock.${level}` }, { stock })}</p>;
}
