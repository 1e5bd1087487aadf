// A program of one version: it writes a person under the field that its contract knows, reads it back, and says so.
import { db } from './client.ts'

const [field, who] = process.argv.slice(2) as [string, string]
const email = `${who}@example.com`
const { User, Post } = db.orm.public as any
const user = await User.create({ email, [field]: who })
await Post.create({ title: 'first', authorId: user.id })
await User.where({ id: user.id }).update({ [field]: `${who} the reader` })
const [found] = await User.where({ email }).include('posts').all()
console.log(`${found[field]}, ${found.posts.length} post with ${found.posts[0].likes} likes`)
await db.close()
