import { expect, it } from 'vitest';
import { addressOf } from '@/broker/limits/address';

it.each<[string, string | undefined, string | null, number, string]>([
  ['is the other end of the socket', '192.0.2.7', null, 0, '192.0.2.7'],
  ['believes no header unasked', '192.0.2.7', '198.51.100.1', 0, '192.0.2.7'],
  ['believes the one proxy', '10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  [
    'believes what the proxy saw, not what it was told',
    '10.0.0.1',
    '1.1.1.1, 198.51.100.1',
    1,
    '198.51.100.1',
  ],
  ['counts two proxies', '10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
  ['takes what there is of too few', '10.0.0.1', '198.51.100.1', 2, '198.51.100.1'],
  ['falls back when the proxy said nothing', '10.0.0.1', null, 1, '10.0.0.1'],
  ['drops a port', '10.0.0.1', '198.51.100.1:51234', 1, '198.51.100.1'],
  ['sees through a mapped address', '::ffff:192.0.2.7', null, 0, '192.0.2.7'],
  ['takes a household of IPv6 for one', '2001:db8:1:2:3:4:5:6', null, 0, '2001:db8:1:2::/64'],
  ['however it is written', '2001:0DB8:1:2::6', null, 0, '2001:db8:1:2::/64'],
  ['with and without brackets', '10.0.0.1', '[2001:db8:1:2::6]:443', 1, '2001:db8:1:2::/64'],
  ['of loopback', '::1', null, 0, '0:0:0:0::/64'],
  ['is something in any case', undefined, null, 0, 'unknown'],
])('an address %s', (_, peer, forwarded, proxies, expected) => {
  expect(addressOf(peer, forwarded, proxies)).toBe(expected);
});
