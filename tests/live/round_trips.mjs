// round_trips.mjs SERVER_SOCKET OWN_SOCKET COUNT_FILE [MS]: a proxy that holds everything back for a while each way, as a far network does,
// and keeps in COUNT_FILE how often the client has spoken and waited for an answer.
import fs from 'node:fs'
import net from 'node:net'

const [server, own, count, ms] = process.argv.slice(2)
const delay = Number(ms ?? 10)
let trips = 0
net.createServer(client => {
  const upstream = net.connect(server)
  let waits = false
  client.on('data', data => {
    if (!waits) { // whole at any moment: we are killed
      fs.writeFileSync(`${count}.new`, `${++trips}\n`)
      fs.renameSync(`${count}.new`, count)
    }
    waits = true
    setTimeout(() => upstream.write(data), delay)
  })
  upstream.on('data', data => { waits = false; setTimeout(() => client.write(data), delay) })
  client.on('end', () => setTimeout(() => upstream.end(), 2 * delay))
  upstream.on('end', () => setTimeout(() => client.end(), 2 * delay))
  for (const end of [client, upstream]) end.on('error', () => { client.destroy(); upstream.destroy() })
}).listen(own)
