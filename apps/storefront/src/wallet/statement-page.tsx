import { useIntl } from 'react-intl';
import { useParams } from 'react-router';
import { NotFound } from '../shell/index.ts';
import { isMonth } from './months.ts';
import { Statement } from './statement.tsx';

export function Page() {
  const intl = useIntl();
  const { month = '' } = useParams();
  return isMonth(month, new Date()) ? <Statement key={`${month} ${intl.locale}`} month={month} /> : <NotFound />;
}
