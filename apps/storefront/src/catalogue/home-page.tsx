import { PageHeading } from '@florin/ui';
import { useIntl } from 'react-intl';

export function Page() {
  const intl = useIntl();
  return <PageHeading title={intl.formatMessage({ id: 'shell.home' })} />;
}
