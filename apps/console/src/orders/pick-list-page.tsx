import { useSearchParams } from 'react-router-dom';
import { Page } from '../layout/page.tsx';
import { PrintButton } from '../layout/print-button.tsx';
import { useText } from '../texts/use-text.ts';
import { ServerDocument } from './server-document.tsx';

/** What to fetch for the orders of the URL, or for those that the person packs. */
export function PickListPage() {
  const text = useText();
  const [params] = useSearchParams();
  const ids = params.get('ids') ?? '';
  const query = ids === '' ? '' : `?${new URLSearchParams({ purchaseIds: ids })}`;
  return (
    <Page title={text('packing.pickList')} above={[{ label: text('packing.title'), to: '/packing' }]} actions={<PrintButton />}>
      <ServerDocument path={`/v1/packing/pick-list${query}`} />
    </Page>
  );
}
