import { newId } from '@florin/database';
import { exampleValues } from '@florin/http';
import { createHttpClient, eventually, type HttpClient } from '@florin/testing';
import { expect } from 'chai';
import { apiDocumentOf } from '../dev/api-docs.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { type DocumentedOperation, operationsOf, sendExample } from './send-example.ts';
import { type RunningServices, startServices } from './start-services.ts';

const ADMIN = { email: 'admin@example.com', password: 'correct horse admin' };
const PASSWORD = 'plum-lantern-47-river';
/** They need a message that no consumer can handle. The tests of messaging have them. */
const NEED_A_BAD_MESSAGE = /^(get|replay|drop)[A-Z][a-z]+(DeadLetter|ParkedEvents?)$/;
const EXAMPLE_ETAG = '"3"';
const EXAMPLE_KEY = '0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10';

// biome-ignore lint/suspicious/noExplicitAny: the data of every operation
type Data = any;
type Names = Partial<Record<keyof typeof exampleValues, string>>;

describe('the examples of the API documents', function () {
  this.timeout(240_000);
  const operations = new Map<string, DocumentedOperation>();
  const sent = new Set<string>();
  const real = new Map<string, string>();
  let services: RunningServices;
  let auth: HttpClient;
  let admin: string;

  before(async () => {
    services = await startServices({
      FLORIN_ADMIN_EMAIL: ADMIN.email,
      FLORIN_ADMIN_PASSWORD: ADMIN.password,
      ADJUSTMENT_REVIEW_ABOVE_MINOR: '4000',
      REFUND_REVIEW_ABOVE_MINOR: '499',
    });
    auth = createHttpClient(() => services.urls.auth);
    for (const service of serviceNames)
      for (const operation of operationsOf(service, await apiDocumentOf(service)))
        operations.set(operation.operationId, operation);
    admin = await tokenOf(ADMIN);
    learn({ month: new Date().toISOString().slice(0, 7) });
  });
  after(() => services?.stop());

  const learn = (names: Names): void => {
    for (const [name, value] of Object.entries(names)) real.set(exampleValues[name as keyof Names], value);
  };
  const tokenOf = async ({ email, password }: { email: string; password: string }): Promise<string> =>
    (await auth('POST', '/v1/auth/signin', { body: { email, password } })).body.data.accessToken;
  const signUp = async (): Promise<{ id: string; email: string; password: string }> => {
    const credentials = { email: `${newId()}@example.com`, password: PASSWORD };
    const { body } = await auth('POST', '/v1/auth/signup', { body: credentials });
    return { ...credentials, id: body.data.user.id };
  };

  /** Sends the example of an operation and returns the data of its answer, whose status must be a documented success. */
  const send = async (operationId: string, token?: string): Promise<Data> => {
    const operation = operations.get(operationId);
    if (operation === undefined) throw new Error(`no operation ${operationId}`);
    real.set(EXAMPLE_KEY, newId());
    const response = await sendExample(operation, { url: services.urls[operation.service], token, real });
    const text = await response.text();
    expect(response.status, `${operationId}: ${text}`).to.be.below(300);
    expect(operation.responses, `${operationId} ${response.status}`).to.have.property(String(response.status));
    sent.add(operationId);
    const etag = response.headers.get('etag');
    if (etag !== null) real.set(EXAMPLE_ETAG, etag);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return isJson ? (JSON.parse(text) as { data?: unknown }).data : text;
  };

  it('of accounts and sessions are answered as documented', async () => {
    const { user } = await send('signUp');
    const { refreshToken } = await send('signIn');
    learn({ userId: user.id, refreshToken });
    const { accessToken } = await send('refreshTokens');
    await send('getMe', accessToken);
    await send('updateMe', accessToken);
    const sessions = await send('listMySessions', accessToken);
    learn({ sessionId: sessions.find(({ isCurrent }: Data) => !isCurrent).id });
    await send('endMySession', accessToken);
    await send('signOut', accessToken);
    await send('getJwks');
    const other = await signUp();
    learn({ userId: other.id });
    for (const operationId of [
      'listUsers',
      'getUser',
      'disableUser',
      'enableUser',
      'unlockUser',
      'endUserSessions',
      'setUserRoles',
    ])
      await send(operationId, admin);
    await send('endAllMySessions', await tokenOf(other));
    await send('changePassword', await tokenOf(other));
    const leaving = await signUp();
    await send('eraseMe', await tokenOf(leaving));
  });

  it('of the shop are answered as documented', async () => {
    const buyer = await signUp();
    const other = await signUp();
    learn({ userId: other.id });
    await send('setUserRoles', admin);
    learn({ userId: buyer.id });
    const [own, staff] = await Promise.all([tokenOf(buyer), tokenOf(other)]);

    learn({ categoryId: (await send('createCategory', staff)).id });
    for (const operationId of ['getCategory', 'updateCategory', 'listCategories']) await send(operationId, staff);
    learn({ productId: (await send('createProduct', staff)).id });
    for (const operationId of ['getProduct', 'updateProduct', 'listProducts', 'createStockMovement', 'listStockMovements'])
      await send(operationId, staff);
    const variant = await send('getProduct', staff);
    learn({ productId: (await send('createProductOptions', staff)).id });
    await send('createProductVariants', staff);
    learn({ productId: variant.id });
    learn({ couponId: (await send('createCoupon', staff)).id });
    for (const operationId of ['getCoupon', 'updateCoupon', 'archiveCoupon', 'listCoupons']) await send(operationId, staff);
    learn({ importId: (await send('importProducts', staff)).id });
    for (const operationId of ['getProductImport', 'listProductImportRows', 'exportProducts']) await send(operationId, staff);

    await eventually(() => send('getMyWallet', own));
    await eventually(() => send('getCustomer', staff));
    await send('listCustomers', staff);
    learn({ time: new Date().toISOString() });
    for (const operationId of ['getMyWalletBalance', 'listMyWalletEntries']) await send(operationId, own);
    for (const operationId of ['listWallets', 'getWallet', 'getWalletBalance', 'listWalletEntries'])
      await send(operationId, staff);
    learn({ topUpId: (await send('createTopUp', own)).id });
    for (const operationId of ['getTopUp', 'listTopUps']) await send(operationId, own);

    learn({ purchaseId: (await eventually(() => send('createPurchase', own))).id });
    await eventually(async () => expect(await send('getPurchase', own)).to.include({ status: 'paid' }));
    learn({ paymentId: (await send('listPayments', own))[0].id });
    for (const operationId of ['explainPayment', 'listPurchaseTimeline', 'listPurchases', 'getPurchaseSummary'])
      await send(operationId, own);
    learn({ deliveryMethodId: (await send('createDeliveryMethod', staff)).id });
    for (const operationId of ['getDeliveryMethod', 'updateDeliveryMethod', 'deleteDeliveryMethod', 'listDeliveryMethods'])
      await send(operationId, staff);
    for (const operationId of ['getDelivery', 'setDeliveryAddress']) await send(operationId, own);
    for (const operationId of ['listPurchasesToPack', 'claimPacking', 'getPickList', 'getPackingSlip', 'shipPurchases'])
      await send(operationId, staff);
    for (const operationId of ['reportDelivery', 'shipPurchase', 'deliverPurchase']) await send(operationId, staff);
    for (const verdict of ['approveRefund', 'rejectRefund']) {
      learn({ refundId: (await send('createRefund', staff)).id });
      for (const operationId of ['listRefunds', verdict]) await send(operationId, admin);
    }
    for (const [ending, who] of [
      ['withdrawClaim', own],
      ['rejectClaim', staff],
      ['approveClaim', staff],
    ] as const) {
      learn({ claimId: (await send('createClaim', own)).id });
      for (const operationId of ['getClaim', 'listClaims', 'createClaimMessage', 'listClaimMessages'])
        await send(operationId, own);
      await send(ending, who);
    }
    await send('receiveClaim', staff);
    learn({ imageId: (await send('uploadImage', own)).id });
    await send('getImage', own);
    learn({ purchaseId: (await send('createPurchase', own)).id });
    await send('cancelPurchase', own);

    for (const operationId of ['addCartItem', 'setCartItem', 'mergeCart', 'getCart', 'quotePurchase', 'checkoutCart'])
      await send(operationId, own);
    for (const operationId of ['setCartCoupon', 'reorderPurchase', 'removeCartItem', 'emptyCart']) await send(operationId, own);

    for (const ending of ['captureHold', 'releaseHold']) {
      learn({ holdId: (await send('placeHold', staff)).id });
      for (const operationId of ['getHold', 'listHolds', ending]) await send(operationId, staff);
    }
    for (const operationId of ['listMyHolds', 'getMyStatement']) await send(operationId, own);
    await send('getStatement', staff);

    await send('getProduct', staff);
    await send('archiveProduct', staff);
    learn({ categoryId: (await send('createCategory', staff)).id });
    await send('deleteCategory', staff);
    await send('readShop');
    await send('readSitemap');
  });

  it('of admins are answered as documented', async () => {
    const [owner, reviewer] = [await signUp(), await signUp()];
    await auth('PUT', `/v1/users/${reviewer.id}/roles`, { token: admin, body: { roles: ['admin'] } });
    const second = await tokenOf(reviewer);
    learn({ userId: owner.id });
    await eventually(() => send('getWallet', second));
    for (const verdict of ['approveAdjustment', 'rejectAdjustment']) {
      learn({ adjustmentId: (await send('createAdjustment', admin)).id });
      for (const operationId of ['listAdjustments', verdict]) await send(operationId, second);
    }
    for (const operationId of ['setWalletLimits', 'freezeWallet', 'unfreezeWallet', 'auditLedger', 'getTrialBalance'])
      await send(operationId, second);
    const ofEveryService = [...operations.keys()].filter((id) =>
      /^(list[A-Z][a-z]+Switches|set[A-Z][a-z]+Switch|get[A-Z][a-z]+Status)$/.test(id),
    );
    for (const operationId of ofEveryService) await send(operationId, second);
    const lists = [...operations.keys()].filter((id) => /^list[A-Z][a-z]+(DeadLetters|ParkedEvents|AuditEntries)$/.test(id));
    for (const operationId of lists) await send(operationId, second);
  });

  it('are sent here for all operations, except those that need a message that cannot be handled', () => {
    const missing = [...operations.keys()].filter((id) => !sent.has(id) && !NEED_A_BAD_MESSAGE.test(id));
    expect(missing).to.deep.equal([]);
  });
});
