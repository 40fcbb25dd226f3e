/** What an ID of GalateaBio looks like; files, orders and tags look alike. */
export const ID_PLACEHOLDER = 'e.g. 3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b';
