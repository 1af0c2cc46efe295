// Package ledger keeps articles, what was read out of them and the claims that they tell, in
// a file of SQLite or a database of PostgreSQL, and finds them again.
package ledger
