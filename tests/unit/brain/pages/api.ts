import { pageOf } from './pages';

export const api = pageOf(
  'https://docs.parcelpost.example/v2/shipments',
  'Shipments API – Parcelpost developers',
  'en',
  [
    [
      1,
      'Shipments API',
      [
        'The Shipments API lets you create, track and cancel parcels. The base URL is https://api.parcelpost.example/v2 and every request must use HTTPS.',
      ],
    ],
    [
      2,
      'Authentication',
      [
        'Send your secret key as a bearer token in the Authorization header. Keys that begin with pk_test_ work only in the sandbox. A key can be revoked in the dashboard at any time.',
      ],
    ],
    [
      2,
      'Rate limits',
      [
        'Each key may make 120 requests per minute. When you exceed the limit, the API answers with status 429 and a Retry-After header that tells how many seconds to wait.',
      ],
    ],
    [
      2,
      'createShipment()',
      [
        'createShipment(options) registers a parcel and returns a Shipment object. It throws InvalidAddressError if the postcode does not exist.',
        'The field max_weight_grams defaults to 30000. Set signature_required to true to have the driver ask for a signature.',
      ],
    ],
    [
      2,
      'cancelShipment()',
      [
        'cancelShipment(id) cancels a parcel that has not been collected yet. Cancelling is free within 24 hours; after that a fee of $2.50 applies. Unlike deleteDraft(), it keeps the record.',
      ],
    ],
    [
      2,
      'Webhooks',
      [
        'A webhook is an HTTP request that we send to your server when a parcel changes its state. We retry a failed delivery up to five times over 36 hours. Verify the X-Parcelpost-Signature header, e.g. with HMAC (hash-based message authentication code), before you trust the body.',
      ],
    ],
    [
      2,
      'Errors',
      [
        'Errors are JSON objects with a code and a message. Status 402 means that your account has no credit left. Status 404 means that the shipment does not exist or belongs to somebody else.',
      ],
    ],
  ],
);
